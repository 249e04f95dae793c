package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.config.SourceConfig;
import io.vaultline.config.SourceConfig.Engine;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.Watermark;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Capture of PostgreSQL over the loss of the primary, set up as {@code docs/operations.md} says. */
class PostgresFailoverIT {
    @TempDir
    private static Path directory;

    private static CaptureStack stack;

    @BeforeAll
    static void start() {
        stack = CaptureStack.start(directory.resolve("stack"), ServerKind.POSTGRES);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aPromotedStandbyIsCapturedWithoutGapOrRepeat() throws Exception {
        try (Database primary = stack.database("app")) {
            primary.run(
                    "SELECT pg_create_physical_replication_slot('" + Standby.SLOT + "', true)",
                    "ALTER SYSTEM SET synchronized_standby_slots = '" + Standby.SLOT + "'");
            Ledger.create(primary.connection());
        }
        try (Standby standby = Standby.start(stack, directory.resolve("standby"))) {
            SourceConfig.Postgres source = stack.postgres("app", List.of()).by(Engine.NATIVE);
            SourceConfig.Postgres both = at(source, standby.address());
            KafkaLog log = stack.log("failover");
            try (Running capture = Running.start(stack.pipeline("failover", both), both)) {
                capture.streaming();
                work(new Ledger(1), 30);
                Waiting.until(() -> isKept(standby));
                ProcessHandle server = ProcessHandle.of(
                                stack.devstack().pid(ServerKind.POSTGRES).orElseThrow())
                        .orElseThrow();
                server.destroyForcibly();
                server.onExit().join();
                try (Database promoted = new Database(standby.connect("app"))) {
                    promoted.run("SELECT pg_promote()");
                    Waiting.until(
                            () -> promoted.single("SELECT pg_is_in_recovery()").equals("f"));
                    promoted.run("INSERT INTO ledger VALUES (100001, 1), (100002, 2)");
                    long now = promoted.lsn();
                    Waiting.until(() ->
                            log.watermark("pg").map(Watermark::commitPosition).orElse(0L) >= now);
                    assertThat(Ledger.captured(log.events("ledger"))).isEqualTo(Ledger.audit(promoted.connection()));
                }
                assertThat(capture.failure()).isEmpty();
            }
        }
    }

    private static SourceConfig.Postgres at(SourceConfig.Postgres source, String standby) {
        return new SourceConfig.Postgres(
                        source.name(),
                        source.jdbcUrl().replaceFirst("/app$", "," + standby + "/app?targetServerType=primary"),
                        source.user(),
                        source.password(),
                        source.slot(),
                        source.publication(),
                        source.include(),
                        source.exclude(),
                        source.excludeColumns(),
                        source.heartbeat())
                .by(source.engine());
    }

    private static void work(Ledger ledger, int transactions) throws Exception {
        try (Connection connection = stack.connect("app")) {
            for (int i = 0; i < transactions; i++) {
                ledger.change(connection);
            }
        }
    }

    /** The standby takes a slot over once it has seen a list of running transactions behind the slot's begin. */
    private static boolean isKept(Standby standby) throws SQLException {
        try (Database primary = stack.database("app");
                Database copy = new Database(standby.connect("app"))) {
            primary.run("SELECT pg_log_standby_snapshot()");
            return copy.single("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'slot_app' AND synced"
                            + " AND NOT temporary")
                    .equals("1");
        }
    }
}
