package io.vaultline.capture;

import io.vaultline.capture.output.CrashPoint;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.config.KafkaConfig;
import io.vaultline.config.LakeConfig;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A capture in a process of its own, to be killed. */
final class CaptureProcess implements AutoCloseable {
    /** Short, since tests wait for it. */
    static final Duration HEARTBEAT = Duration.ofMillis(250);

    private static final String CRASH = "vaultline.test.crash";

    private final Process process;

    private CaptureProcess(Process process) {
        this.process = process;
    }

    /** Starts a capture with the configuration of {@link CaptureStack}. */
    static CaptureProcess start(PipelineConfig pipeline, SourceConfig source, Path log) throws IOException {
        return start(pipeline, source, log, Optional.empty());
    }

    /** The same, and it halts at a place of its own code. */
    static CaptureProcess start(PipelineConfig pipeline, SourceConfig source, Path log, Optional<Crash> crash)
            throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-D" + CRASH + "=" + crash.map(Crash::toString).orElse(""),
                "-cp",
                System.getProperty("java.class.path"),
                CaptureProcess.class.getName(),
                pipeline.pipeline(),
                pipeline.kafka().bootstrapServers()));
        line.addAll(arguments(source));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new CaptureProcess(builder.start());
    }

    private static List<String> arguments(SourceConfig source) {
        if (source instanceof SourceConfig.Postgres postgres) {
            return List.of(
                    postgres.jdbcUrl(),
                    postgres.user(),
                    postgres.password().reveal(),
                    postgres.slot(),
                    postgres.publication(),
                    Integer.toString(postgres.snapshot().parallelism()),
                    Integer.toString(postgres.snapshot().chunkKilobytes()),
                    postgres.engine().name());
        }
        SourceConfig.Mongo mongo = (SourceConfig.Mongo) source;
        return List.of(mongo.uri().reveal(), mongo.database(), mongo.engine().name());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended by itself. @return empty if it runs still */
    OptionalInt exitCode(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /** SIGKILL. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        KafkaConfig kafka = new KafkaConfig(arguments[1], 3, 1, Duration.ofDays(1), Map.of());
        SourceConfig source = source(arguments);
        PipelineConfig pipeline = pipeline(arguments[0], source, kafka);
        String crash = System.getProperty(CRASH, "");
        CrashPoint point = crash.isEmpty() ? CrashPoint.NONE : Crash.parse(crash);
        try (CaptureService service = new CaptureService(pipeline, source, point)) {
            service.start(failure -> {
                failure.printStackTrace();
                Runtime.getRuntime().halt(1);
            });
            new CountDownLatch(1).await();
        }
    }

    private static SourceConfig source(String[] arguments) {
        if (!arguments[2].startsWith("mongodb")) {
            return new SourceConfig.Postgres(
                            "pg",
                            arguments[2],
                            arguments[3],
                            new Secret(arguments[4]),
                            arguments[5],
                            arguments[6],
                            List.of(),
                            List.of(),
                            List.of(),
                            HEARTBEAT)
                    .read(new SourceConfig.Snapshot(Integer.parseInt(arguments[7]), Integer.parseInt(arguments[8])))
                    .by(SourceConfig.Engine.valueOf(arguments[9]));
        }
        return new SourceConfig.Mongo(
                        "mongo", new Secret(arguments[2]), arguments[3], List.of(), List.of(), List.of(), HEARTBEAT)
                .by(SourceConfig.Engine.valueOf(arguments[4]));
    }

    static PipelineConfig pipeline(String name, SourceConfig source, KafkaConfig kafka) {
        return new PipelineConfig(
                name,
                List.of(Objects.requireNonNull(source)),
                kafka,
                new ClickHouseConfig("http://127.0.0.1:1", "u", new Secret("p"), "vault", Duration.ofSeconds(1), 1),
                new LakeConfig("lake", "history", Map.of(), Map.of(), Duration.ofSeconds(1), 1),
                Optional.empty(),
                0);
    }
}
