package io.vaultline.devstack.local;

import io.vaultline.devstack.artifact.Packages;
import io.vaultline.devstack.process.Command;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.server.MongoService;
import io.vaultline.devstack.server.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MongoDB as a process. */
final class MongoServer {
    private static final int LEAST_MAJOR = 6;

    private final Home home;
    private final Packages packages;

    MongoServer(Home home, Packages packages) {
        this.home = home;
        this.packages = packages;
    }

    Server start() {
        int port = home.directory().port("mongodb");
        return home.serve(serve(mongod(), port), new MongoService(port));
    }

    private Path mongod() {
        return home.tools()
                .find("mongod")
                .filter(mongod -> Version.major(mongod, "--version") >= LEAST_MAJOR)
                .orElseGet(() -> packages.mongodb().resolve("bin/mongod"));
    }

    private Command serve(Path mongod, int port) {
        List<String> line = new ArrayList<>(List.of(
                mongod.toString(),
                "--dbpath",
                home.directory().folder("mongodb").toString(),
                "--port",
                Integer.toString(port),
                "--bind_ip",
                StackDirectory.LOOPBACK,
                "--nounixsocket"));
        line.addAll(MongoService.options());
        return Command.of("mongodb", line);
    }
}
