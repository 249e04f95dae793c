package io.vaultline.capture;

import com.sun.management.OperatingSystemMXBean;
import io.vaultline.capture.output.CaptureOutput;
import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.CrashPoint;
import io.vaultline.capture.output.DiscardingProducer;
import io.vaultline.capture.output.Ownership;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.output.StreamPosition;
import io.vaultline.capture.postgres.PostgresCapture;
import io.vaultline.config.KafkaConfig;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import io.vaultline.config.SourceConfig.Engine;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.service.SnapshotProgress;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Works off what a slot holds, and prints as JSON how fast: the first tenth is warm-up. Started by benchmarks/streaming.py,
 * which creates slot and publication and fills them.
 */
public final class StreamSpeed {
    private static final int PARTITIONS = 3;

    private final long rows;
    private final long started = System.nanoTime();
    private long seen;
    private long warmRows;
    private long warmNanos;
    private long warmCpu;

    private StreamSpeed(long rows) {
        this.rows = rows;
    }

    /** Arguments: JDBC URL, user, password, bootstrap servers, pipeline, engine, {@code kafka} or {@code discard}, rows. */
    public static void main(String[] arguments) throws SQLException {
        String pipeline = arguments[4];
        SourceConfig.Postgres source = new SourceConfig.Postgres(
                        "pg",
                        arguments[0],
                        arguments[1],
                        new Secret(arguments[2]),
                        pipeline,
                        pipeline,
                        List.of("public.bench"),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(1))
                .by(Engine.valueOf(arguments[5].toUpperCase(Locale.ROOT)));
        KafkaClients clients =
                new KafkaClients(new KafkaConfig(arguments[3], PARTITIONS, 1, Duration.ofDays(1), Map.of()));
        StreamSpeed speed = new StreamSpeed(Long.parseLong(arguments[7]));
        CaptureState state = state(source);
        CaptureOutput output =
                CaptureOutput.takeOver(clients, pipeline, source.name(), PipelineConfig.MAX_WAITING, new Ownership());
        ChangeWriter writer = arguments[6].equals("kafka")
                ? output.writer(state, speed::committed, CrashPoint.NONE)
                : DiscardingProducer.writer(clients, pipeline, state, speed::committed);
        new PostgresCapture(source, new SnapshotProgress("capture-pg")).run(output, state, writer, () -> {});
    }

    /** As if the table had been read when the slot was made. */
    private static CaptureState state(SourceConfig.Postgres source) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        source.jdbcUrl(), source.user(), source.password().reveal());
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT (s.confirmed_flush_lsn - '0/0')::int8, r.prrelid || ':' || r.oid"
                                + " FROM pg_replication_slots s JOIN pg_publication p ON p.pubname = s.slot_name"
                                + " JOIN pg_publication_rel r ON r.prpubid = p.oid WHERE s.slot_name = '"
                                + source.slot()
                                + "'")) {
            row.next();
            long start = row.getLong(1);
            CollectionId id = new CollectionId(source.name(), "public", "bench");
            return new CaptureState(
                    Optional.of(new StreamPosition(
                            new CommitOrder(start, 0), Map.of("lsn", start, "lsn_commit", start, "ts_usec", 0L))),
                    Map.of(id, new SnapshotMark(id, start, row.getString(2))),
                    Optional.empty(),
                    Map.of());
        }
    }

    private void committed(long changes, long newestMicros) {
        seen += changes;
        if (warmNanos == 0 && seen >= rows / 10) {
            warmRows = seen;
            warmNanos = System.nanoTime();
            warmCpu = cpuNanos();
        }
        if (seen >= rows) {
            long now = System.nanoTime();
            long cpu = cpuNanos();
            System.out.printf(
                    Locale.ROOT,
                    "{\"rows\": %d, \"rows_s\": %.0f, \"cpu_s_per_million\": %.2f, \"seconds_in_all\": %.2f,"
                            + " \"cpu_s_per_million_in_all\": %.2f}%n",
                    seen,
                    (seen - warmRows) * 1e9 / (now - warmNanos),
                    (cpu - warmCpu) / 1e3 / (seen - warmRows),
                    (now - started) / 1e9,
                    cpu / 1e3 / seen);
            System.exit(0);
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
