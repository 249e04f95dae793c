package io.vaultline.devstack.local;

import io.vaultline.devstack.artifact.Packages;
import io.vaultline.devstack.process.Command;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.report.DevstackException;
import io.vaultline.devstack.server.PostgresService;
import io.vaultline.devstack.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PostgreSQL as a process. */
final class PostgresServer {
    private static final int MAJOR = 18;

    private final Home home;
    private final Packages packages;

    PostgresServer(Home home, Packages packages) {
        this.home = home;
        this.packages = packages;
    }

    Server start() {
        Path programs = programs();
        PostgresService service = PostgresService.of(home.directory());
        Path data = data(programs, service.password());
        return home.serve(serve(programs, data, service.port()), service);
    }

    private Path programs() {
        Optional<Path> installed = home.tools()
                .find("postgres")
                .map(PostgresServer::real)
                .filter(postgres -> Files.isExecutable(postgres.resolveSibling("initdb")))
                .filter(postgres -> Version.major(postgres, "--version") == MAJOR);
        return installed
                .map(postgres -> postgres.resolveSibling(""))
                .orElseGet(() -> packages.postgres().resolve("bin"));
    }

    private static Path real(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException e) {
            return program;
        }
    }

    /** The folder with the data; it appears only when it is complete. */
    private Path data(Path programs, String password) {
        Path folder = home.directory().folder("postgres");
        Path data = folder.resolve("data");
        if (Files.isDirectory(data)) {
            return data;
        }
        Path fresh = folder.resolve("data-" + System.nanoTime());
        Path passwordFile = home.directory().write("postgres/password", password + "\n");
        home.run(Command.of(
                        "initdb",
                        List.of(
                                programs.resolve("initdb").toString(),
                                "--pgdata=" + fresh,
                                "--username=" + PostgresService.USER,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--no-locale",
                                "--no-sync"))
                .withoutRoot());
        try {
            Files.delete(passwordFile);
            return Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new DevstackException(
                    "The database can't be put in place: " + e, data.toString(), "choose another directory", e);
        }
    }

    /** SIGINT ends sessions and writes a checkpoint; SIGQUIT ends at once and leaves recovery to the next start. */
    private static Command serve(Path programs, Path data, int port) {
        List<String> line = new ArrayList<>(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-c",
                "port=" + port,
                "-c",
                "listen_addresses=" + StackDirectory.LOOPBACK,
                "-c",
                "unix_socket_directories="));
        line.addAll(PostgresService.options());
        return Command.of("postgres", line).signals("SIGINT", "SIGQUIT").withoutRoot();
    }
}
