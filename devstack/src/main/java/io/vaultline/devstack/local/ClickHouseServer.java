package io.vaultline.devstack.local;

import io.vaultline.devstack.artifact.Packages;
import io.vaultline.devstack.process.Command;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.server.ClickHouseService;
import io.vaultline.devstack.server.Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * ClickHouse as a process: an installed server, or its library under Python.
 *
 * <p>The library's own session always logs in as {@code default} without a password, so that user may do nothing but open
 * the listeners and wait; everything else is for the user {@code vaultline}, who has a password.
 */
final class ClickHouseServer {
    private static final int LEAST_MAJOR = 26;

    private final Home home;
    private final Packages packages;

    ClickHouseServer(Home home, Packages packages) {
        this.home = home;
        this.packages = packages;
    }

    Server start() {
        ClickHouseService service = ClickHouseService.of(home.directory());
        home.directory().folder("clickhouse");
        home.directory().write("clickhouse/users.xml", users(service.password()));
        Path settings = home.directory().write("clickhouse/config.xml", settings(service.port()));
        List<String> line = installed(settings).orElseGet(() -> library(settings));
        return home.serve(Command.of("clickhouse", line), service);
    }

    private Optional<List<String>> installed(Path settings) {
        Optional<List<String>> several = home.tools()
                .find("clickhouse")
                .filter(program -> Version.major(program, "--version") >= LEAST_MAJOR)
                .map(program -> List.of(program.toString(), "server", "--config-file=" + settings));
        return several.or(() -> home.tools()
                .find("clickhouse-server")
                .filter(program -> Version.major(program, "--version") >= LEAST_MAJOR)
                .map(program -> List.of(program.toString(), "--config-file=" + settings)));
    }

    private List<String> library(Path settings) {
        Path launcher = home.directory().write("clickhouse/launch.py", Home.resource("clickhouse.py"));
        return List.of(
                home.tools().python().toString(),
                "-IS",
                launcher.toString(),
                packages.clickhouse().resolve("libchdb.so").toString(),
                settings.toString());
    }

    private String settings(int port) {
        return Home.resource("clickhouse-config.xml")
                .replace("${host}", StackDirectory.LOOPBACK)
                .replace("${http.port}", Integer.toString(port))
                .replace("${tcp.port}", Integer.toString(home.directory().port("clickhouse.native")))
                .replace(
                        "${folder}",
                        Escape.xml(home.directory().folder("clickhouse").toString()));
    }

    private static String users(String password) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
            return Home.resource("clickhouse-users.xml")
                    .replace("${user}", ClickHouseService.USER)
                    .replace("${password.sha256}", HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
