package io.vaultline.capture;

import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.process.ChildProcess;
import io.vaultline.devstack.process.Command;
import io.vaultline.devstack.process.Launcher;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.process.ToolPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** A streaming standby of a stack's PostgreSQL, which keeps copies of the primary's failover slots. */
final class Standby implements AutoCloseable {
    /** The physical slot through which it streams. */
    static final String SLOT = "standby";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final StackDirectory folder;
    private final ChildProcess server;
    private final String address;
    private final String user;
    private final String password;

    private Standby(StackDirectory folder, ChildProcess server, String address, String user, String password) {
        this.folder = folder;
        this.server = server;
        this.address = address;
        this.user = user;
        this.password = password;
    }

    /** Copies the primary while it is stopped; starts both. The primary must have the physical slot. */
    static Standby start(CaptureStack stack, Path directory) throws IOException, SQLException {
        URI primary =
                URI.create(stack.devstack().endpoints().postgres().jdbcUrl().substring("jdbc:".length()));
        String user = stack.devstack().endpoints().postgres().user();
        String password = stack.devstack().endpoints().postgres().password();
        String program = ProcessHandle.of(
                        stack.devstack().pid(ServerKind.POSTGRES).orElseThrow())
                .flatMap(handle -> handle.info().command())
                .orElseThrow();
        StackDirectory folder = StackDirectory.open(directory);
        Path data = folder.folder("data");
        stack.devstack().stop(ServerKind.POSTGRES);
        copy(stack.devstack().directory().resolve("postgres").resolve("data"), data);
        stack.devstack().start(ServerKind.POSTGRES);
        Files.createFile(data.resolve("standby.signal"));
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                """
                primary_conninfo = 'host=%s port=%d user=%s password=%s dbname=postgres'
                primary_slot_name = '%s'
                hot_standby_feedback = on
                sync_replication_slots = on
                """.formatted(primary.getHost(), primary.getPort(), user, password, SLOT),
                StandardOpenOption.TRUNCATE_EXISTING);
        int port = folder.port("standby");
        ChildProcess server = new Launcher(folder, ToolPath.ofEnvironment()).start(command(program, data, port));
        Standby standby = new Standby(folder, server, "127.0.0.1:" + port, user, password);
        server.awaitReady(
                () -> {
                    try (Connection connection = standby.connect("postgres")) {
                        return connection.isValid(5);
                    }
                },
                START_LIMIT);
        return standby;
    }

    /** Slots are no part of a standby; it makes its own copies. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(from)) {
                    Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = from.relativize(file);
                if (!relative.startsWith("pg_replslot") && !relative.startsWith("postmaster.pid")) {
                    Files.copy(file, to.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        try (var slots = Files.list(to.resolve("pg_replslot"))) {
            for (Path slot : slots.toList()) {
                Files.delete(slot);
            }
        }
    }

    private static Command command(String program, Path data, int port) {
        return Command.of(
                        "standby",
                        List.of(
                                program,
                                "-D",
                                data.toString(),
                                "-c",
                                "port=" + port,
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "wal_level=logical",
                                "-c",
                                "max_replication_slots=32",
                                "-c",
                                "max_wal_senders=32",
                                "-c",
                                "max_connections=200"))
                .signals("SIGINT", "SIGQUIT")
                .withoutRoot();
    }

    /** {@code host:port}. */
    String address() {
        return address;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + address + "/" + database, user, password);
    }

    @Override
    public void close() {
        server.close();
        folder.close();
    }
}
