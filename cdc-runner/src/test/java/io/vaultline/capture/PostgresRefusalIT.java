package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.postgres.PostgresPreflight;
import io.vaultline.check.Severity;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.process.ChildProcess;
import io.vaultline.devstack.process.Command;
import io.vaultline.devstack.process.Launcher;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.process.ToolPath;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When capture of PostgreSQL does not begin or go on, and what it says then. */
class PostgresRefusalIT {
    @TempDir
    private static Path directory;

    private static final CaptureState NOTHING =
            new CaptureState(Optional.empty(), Map.of(), Optional.empty(), Map.of());

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
    void aSecondCaptureShutsTheFirstOut() throws Exception {
        SourceConfig.Postgres source = stack.postgres("twice");
        PipelineConfig pipeline = stack.pipeline("twice", source);
        try (Database database = stack.database("twice")) {
            database.run("CREATE TABLE item (id int PRIMARY KEY)");
            try (Running first = Running.start(pipeline, source)) {
                first.streaming();
                try (Running second = Running.start(pipeline, source)) {
                    assertThat(first.awaitFailure().code()).isEqualTo(ErrorCode.CAPTURE_FENCED);
                    second.streaming();
                    database.run("INSERT INTO item VALUES (1), (2)");
                    database.awaitCovered(stack.log("twice"));
                    assertThat(stack.log("twice").events("item")).hasSize(2);
                }
            }
        }
    }

    @Test
    void aSlotThatIsAheadIsNoReasonToLeaveChangesOut() throws Exception {
        assertPositionLost("ahead", "SELECT pg_replication_slot_advance('slot_ahead', pg_current_wal_lsn())");
    }

    @Test
    void aSlotThatIsGoneIsNotMadeAnew() throws Exception {
        assertPositionLost("gone", "SELECT pg_drop_replication_slot('slot_gone')");
    }

    private static void assertPositionLost(String name, String misdeed) throws Exception {
        SourceConfig.Postgres source = stack.postgres(name);
        PipelineConfig pipeline = stack.pipeline(name, source);
        try (Database database = stack.database(name)) {
            database.run("CREATE TABLE item (id int PRIMARY KEY)");
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                database.awaitCovered(stack.log(name));
            }
            Waiting.until(() -> database.single(
                            "SELECT active FROM pg_replication_slots WHERE slot_name = 'slot_" + name + "'")
                    .equals("f"));
            database.run("INSERT INTO item VALUES (1)", misdeed);
            try (Running capture = Running.start(pipeline, source)) {
                assertThat(capture.awaitFailure()).satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_POSITION_LOST);
                    assertThat(failure.where()).contains("slot_" + name);
                });
            }
        }
    }

    @Test
    void whatAnothersOpenTransactionMayHideIsWaitedFor() throws Exception {
        SourceConfig.Postgres source = stack.postgres("hidden");
        PipelineConfig pipeline = stack.pipeline("hidden", source);
        try (Running capture = Running.start(pipeline, source)) {
            capture.streaming();
        }
        try (Producer<byte[], byte[]> other = new KafkaClients(stack.kafka()).transactionalProducer("hidden.other")) {
            other.initTransactions();
            other.beginTransaction();
            byte[] key = "[\"position\",\"other\"]".getBytes(StandardCharsets.UTF_8);
            other.send(new ProducerRecord<>(new TopicNames("hidden").offsets(), key, key))
                    .get();
            try (Running capture = Running.start(pipeline, source)) {
                assertThat(capture.becomesReadyWithin(Duration.ofSeconds(4))).isFalse();
                other.abortTransaction();
                capture.streaming();
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        SourceConfig.Postgres source = stack.postgres("app", List.of());
        assertThat(refusal(with(source, "jdbc:postgresql://127.0.0.1:1/app", source.user(), "x")))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
                    assertThat(refusal.where()).contains("127.0.0.1:1/app");
                });
    }

    @Test
    void aWrongPasswordIsNamedAndNotShown() throws Exception {
        SourceConfig.Postgres source = stack.postgres("app", List.of());
        assertThat(refusal(with(source, source.jdbcUrl(), source.user(), "not-the-word")))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_REFUSES_LOGIN);
                    assertThat(refusal.toString() + refusal.remedy()).doesNotContain("not-the-word");
                });
    }

    @Test
    void aUserThatMayNotReplicateIsToldHowItMay() throws Exception {
        SourceConfig.Postgres source = stack.postgres("app", List.of());
        try (Database database = stack.database("app")) {
            database.run("CREATE ROLE reader LOGIN PASSWORD 'reads'");
        }
        assertThat(refusal(with(source, source.jdbcUrl(), "reader", "reads"))).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_NOT_CAPTURABLE);
            assertThat(refusal.remedy()).contains("ALTER ROLE \"reader\" WITH REPLICATION");
        });
    }

    /** With the statements of docs/privileges.md, word for word; the capture reads the tables in and streams. */
    @Test
    void aRoleWithTheDocumentedPrivilegesIsEnough() throws Exception {
        stack.postgres("least");
        try (Database database = stack.database("least")) {
            database.run(
                    "CREATE SCHEMA shop",
                    "CREATE TABLE shop.users (id int PRIMARY KEY, name text)",
                    "CREATE TABLE shop.orders (id int PRIMARY KEY, about text)",
                    "INSERT INTO shop.users SELECT n, 'somebody' FROM generate_series(1, 100) n");
            database.run(PrivilegesDocument.statements("PostgreSQL").toArray(String[]::new));
            assertThat(database.single("SELECT rolsuper FROM pg_roles WHERE rolname = 'capture'"))
                    .isEqualTo("f");
            for (SourceConfig.Engine engine : SourceConfig.Engine.values()) {
                String pipeline = "least_" + engine.name().toLowerCase(Locale.ROOT);
                SourceConfig.Postgres source = least(pipeline).by(engine);
                assertThat(new PostgresPreflight(source).check(NOTHING))
                        .noneMatch(finding -> finding.severity() == Severity.ERROR);
                try (Running capture = Running.start(stack.pipeline(pipeline, source), source)) {
                    capture.streaming();
                    database.run(
                            "INSERT INTO shop.orders VALUES (1, 'a')",
                            "UPDATE shop.orders SET about = 'b'",
                            "TRUNCATE shop.orders");
                    database.awaitCovered(stack.log(pipeline));
                    assertThat(stack.log(pipeline).events("users")).hasSize(100);
                    assertThat(stack.log(pipeline).events("orders")).hasSize(3);
                    assertThat(capture.failure()).isEmpty();
                }
            }
        }
    }

    private static SourceConfig.Postgres least(String slot) throws SQLException {
        SourceConfig.Postgres source = stack.postgres("least", List.of());
        return new SourceConfig.Postgres(
                source.name(),
                source.jdbcUrl(),
                "capture",
                new Secret("choose one"),
                slot,
                "vaultline_dev_pg",
                List.of("shop.*"),
                List.of(),
                List.of(),
                source.heartbeat());
    }

    @Test
    void aMissingPrivilegeIsNamed() throws Exception {
        SourceConfig.Postgres source = stack.postgres("foreign_tables");
        try (Database database = stack.database("foreign_tables")) {
            database.run(
                    "CREATE ROLE copier LOGIN REPLICATION PASSWORD 'copies'", "CREATE TABLE t (id int PRIMARY KEY)");
        }
        SourceConfig.Postgres poor = with(source, source.jdbcUrl(), "copier", "copies");
        try (Running capture = Running.start(stack.pipeline("poor", poor), poor)) {
            assertThat(capture.awaitFailure().code()).isEqualTo(ErrorCode.SOURCE_NOT_CAPTURABLE);
        }
    }

    @Test
    void aServerWithoutLogicalLogIsToldHowToKeepOne() throws Exception {
        try (CaptureStack other = CaptureStack.start(directory.resolve("other"), ServerKind.POSTGRES);
                StackDirectory folder = StackDirectory.open(directory.resolve("replica"))) {
            SourceConfig.Postgres source = other.postgres("app", List.of());
            Command command =
                    withWalLevelReplica(other, URI.create(source.jdbcUrl().substring("jdbc:".length())));
            other.devstack().stop(ServerKind.POSTGRES);
            try (ChildProcess server = new Launcher(folder, ToolPath.ofEnvironment()).start(command)) {
                server.awaitReady(() -> connects(source), Duration.ofSeconds(30));
                PipelineException refusal = catchThrowableOfType(
                        PipelineException.class, () -> Running.start(other.pipeline("replica", source), source));
                assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_NOT_CAPTURABLE);
                assertThat(refusal.what()).contains("wal_level is replica");
                assertThat(refusal.remedy()).contains("ALTER SYSTEM SET wal_level = logical");
            }
        }
    }

    private static Command withWalLevelReplica(CaptureStack other, URI address) {
        String program = ProcessHandle.of(
                        other.devstack().pid(ServerKind.POSTGRES).orElseThrow())
                .flatMap(handle -> handle.info().command())
                .orElseThrow();
        Path data = other.devstack().directory().resolve("postgres").resolve("data");
        return Command.of(
                        "postgres",
                        List.of(
                                program,
                                "-D",
                                data.toString(),
                                "-c",
                                "port=" + address.getPort(),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "wal_level=replica"))
                .signals("SIGINT", "SIGQUIT")
                .withoutRoot();
    }

    private static boolean connects(SourceConfig.Postgres source) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                source.jdbcUrl(), source.user(), source.password().reveal())) {
            return connection.isValid(5);
        }
    }

    private static SourceConfig.Postgres with(SourceConfig.Postgres source, String url, String user, String password) {
        return new SourceConfig.Postgres(
                source.name(),
                url,
                user,
                new Secret(password),
                source.slot(),
                source.publication(),
                List.of(),
                List.of(),
                List.of(),
                source.heartbeat());
    }

    private static PipelineException refusal(SourceConfig.Postgres source) {
        return catchThrowableOfType(
                PipelineException.class, () -> Running.start(stack.pipeline("refused", source), source));
    }
}
