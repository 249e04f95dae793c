package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.output.CrashPoint.Place;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.Watermark;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A database under load, its capture in a process of its own, and a network between the two. */
final class PostgresFaultBench implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Values of the bench's own rows, far from the load's. */
    private static final long FIRST_VALUE = 1_000_000_000L;

    /** Rows that are too many for one Kafka transaction. */
    static final int LARGE = 60_000;

    private final CaptureStack stack;
    private final String name;
    private final Path log;
    private final TcpProxy network;
    private final SourceConfig.Postgres source;
    private final PipelineConfig pipeline;
    private final KafkaLog kafka;
    private final Load load;
    private long lastValue = FIRST_VALUE;
    private int large;
    private @Nullable CaptureProcess process;

    PostgresFaultBench(CaptureStack stack, String name, Path log, long seed) throws SQLException {
        this.stack = stack;
        this.name = name;
        this.log = log;
        SourceConfig.Postgres direct = stack.postgres(name);
        URI address = URI.create(direct.jdbcUrl().substring("jdbc:".length()));
        this.network = TcpProxy.to(address.getHost(), address.getPort());
        this.source = through(direct, address.getPort(), network.port());
        this.pipeline = stack.pipeline(name, source);
        this.kafka = stack.log(name);
        try (Connection connection = stack.connect(name)) {
            Ledger.create(connection);
        }
        this.load = new Load(stack, name, seed);
    }

    private static SourceConfig.Postgres through(SourceConfig.Postgres source, int from, int to) {
        return new SourceConfig.Postgres(
                source.name(),
                source.jdbcUrl().replace(":" + from + "/", ":" + to + "/"),
                source.user(),
                source.password(),
                source.slot(),
                source.publication(),
                source.include(),
                source.exclude(),
                source.excludeColumns(),
                source.heartbeat());
    }

    Devstack devstack() {
        return stack.devstack();
    }

    Load load() {
        return load;
    }

    TcpProxy network() {
        return network;
    }

    /** Lets the first snapshot begin some times, and crashes in it. */
    void crashInSnapshot(Random random) throws Exception {
        copy(2_000);
        crash(Crash.at(Place.SNAPSHOT_ROW_SENT, 1, 1 + random.nextInt(1_000)));
        crash(Crash.at(Place.AFTER_COMMIT, 1, 1));
    }

    /** Sees to it that a capture runs and that changes flow. */
    void streaming() throws Exception {
        if (process == null || !process.isAlive()) {
            process = CaptureProcess.start(pipeline, source, log);
        }
        stillStreaming();
    }

    /** Waits until what is committed by now is captured, by the process that runs. */
    void stillStreaming() throws Exception {
        long now;
        try (Database database = stack.database(name)) {
            now = database.lsn();
        }
        Waiting.until(() -> {
            assertThat(process).isNotNull();
            assertThat(process.isAlive())
                    .as("the capture goes on; it said %s", said())
                    .isTrue();
            return kafka.watermark(source.name()).map(Watermark::commitPosition).orElse(0L) >= now;
        });
    }

    void kill() {
        if (process != null) {
            process.close();
        }
    }

    /** {@code kill -9} of a server. */
    void killServer(ServerKind kind) {
        ProcessHandle server =
                ProcessHandle.of(devstack().pid(kind).orElseThrow()).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
    }

    /** Starts a capture, after the one that runs was killed, and waits until it has crashed. */
    void crash(Crash crash) throws Exception {
        kill();
        try (CaptureProcess crashing = CaptureProcess.start(pipeline, source, log, Optional.of(crash))) {
            OptionalInt exit = crashing.exitCode(LIMIT);
            assertThat(exit).as("at %s, said %s", crash, said()).hasValue(Crash.EXIT_CODE);
        }
    }

    /** Starts a second capture by mistake; the first must end. */
    void replace() throws Exception {
        CaptureProcess first = process;
        process = CaptureProcess.start(pipeline, source, log);
        assertThat(first).isNotNull();
        assertThat(first.exitCode(LIMIT)).hasValue(1);
        assertThat(said()).contains("CAPTURE_FENCED");
    }

    /** Loads rows by one COPY. */
    void copy(int rows) throws SQLException, IOException {
        try (Connection connection = stack.connect(name)) {
            connection.setAutoCommit(false);
            lastValue = Ledger.copy(connection, lastValue, rows);
            connection.commit();
        }
        large += rows >= LARGE ? 1 : 0;
    }

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** Changes a row in a transaction that ends only after the step. */
    void withOpenTransaction(Step step) throws Exception {
        try (Connection connection = stack.connect(name);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            lastValue++;
            statement.execute("INSERT INTO ledger VALUES (" + lastValue + ", " + lastValue + ")");
            step.run();
            connection.commit();
        }
    }

    /** Ends the load and the capture; fails unless the topics hold exactly what was committed. */
    void assertEachChangeOnceInOrder() throws Exception {
        load.stop();
        streaming();
        List<KafkaLog.Entry> changes = kafka.changes("ledger");
        try (Connection connection = stack.connect(name)) {
            Ledger.compare(
                    Ledger.audit(connection),
                    Ledger.captured(changes.stream().map(KafkaLog.Entry::event).toList()));
        }
        assertThat(CapturedOrder.split(changes))
                .as("transactions that were split")
                .hasSizeLessThanOrEqualTo(large);
        List<Watermark> watermarks = kafka.watermarks(source.name()).stream()
                .map(KafkaLog.MarkedAt::watermark)
                .toList();
        CapturedOrder.assertComplete(watermarks, changes);
    }

    private String said() throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    @Override
    public void close() {
        kill();
        load.close();
        network.close();
    }
}
