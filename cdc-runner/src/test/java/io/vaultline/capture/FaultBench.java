package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.output.CrashPoint.Place;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.config.TransactionBound;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.Watermark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A database under load, its capture in a process of its own, and a network between the two. */
abstract class FaultBench implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Changes of the largest transaction that is not split. */
    static final int LARGEST = TransactionBound.standard().changes();

    /** Rows that are too many for one Kafka transaction. */
    static final int LARGE = LARGEST + 10_000;

    private final CaptureStack stack;
    private final Path log;
    private final TcpProxy network;
    private final SourceConfig source;
    private final PipelineConfig pipeline;
    private final KafkaLog kafka;
    private @Nullable CaptureProcess process;

    /**
     * @param source goes through the network
     * @param log what the capture says is added to it
     */
    FaultBench(CaptureStack stack, String name, Path log, TcpProxy network, SourceConfig source) {
        this.stack = stack;
        this.log = log;
        this.network = network;
        this.source = source;
        this.pipeline = stack.pipeline(name, source);
        this.kafka = stack.log(name);
    }

    /** Makes the bench of a round, whose databases and topics have its name. */
    @FunctionalInterface
    interface Maker {
        FaultBench make(CaptureStack stack, String name, Path log, long seed) throws Exception;
    }

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** The source's kind. */
    abstract ServerKind database();

    /** Writes without pause. */
    abstract Writing load();

    /** The source's present commit position. */
    abstract long position() throws Exception;

    /** Adds rows by one transaction. */
    abstract void insertMany(int rows) throws Exception;

    /** Changes a row in a transaction that ends only after the step. */
    abstract void withOpenTransaction(Step step) throws Exception;

    /** A crash when a part of a large transaction is durable, and the rest is not. */
    abstract Crash betweenParts();

    /** Fails unless the changes are those that were committed, in order. */
    abstract void compare(List<DataChangeEvent> changes) throws Exception;

    /** How many transactions were too large to be seen as a whole. */
    abstract int large();

    Devstack devstack() {
        return stack.devstack();
    }

    TcpProxy network() {
        return network;
    }

    /** Lets the first snapshot begin some times, and crashes in it. */
    void crashInSnapshot(Random random) throws Exception {
        insertMany(2_000);
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
        long now = position();
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

    /** Ends the load and the capture; fails unless the topics hold exactly what was committed. */
    void assertEachChangeOnceInOrder() throws Exception {
        load().stop();
        streaming();
        List<KafkaLog.Entry> changes = kafka.changes("ledger");
        compare(changes.stream().map(KafkaLog.Entry::event).toList());
        assertThat(CapturedOrder.split(changes))
                .as("transactions that were split")
                .hasSizeLessThanOrEqualTo(large());
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
        load().close();
        network.close();
    }
}
