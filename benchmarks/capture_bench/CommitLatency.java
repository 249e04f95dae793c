import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Inserts rows at a steady rate, each in a transaction of its own, and takes the time from the moment that the insert is
 * sent (so the server's commit is part of it) until a read_committed consumer in this same process has the row.
 *
 * <p>Arguments: bootstrap servers, {@code vaultline} or {@code debezium}, topic, JDBC address, first id, rows a second,
 * seconds to warm up, seconds to measure. The user and password are in the environment.
 */
public final class CommitLatency {
    private static final int WRITERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private CommitLatency() {}

    public static void main(String[] arguments) throws Exception {
        boolean ours = arguments[1].equals("vaultline");
        String topic = arguments[2];
        long firstId = Long.parseLong(arguments[4]);
        int rate = Integer.parseInt(arguments[5]);
        int warm = rate * Integer.parseInt(arguments[6]);
        int rows = warm + rate * Integer.parseInt(arguments[7]);
        AtomicLongArray sent = new AtomicLongArray(rows);
        long[] arrived = new long[rows];
        long[] times = new long[rows];
        try (KafkaConsumer<byte[], byte[]> consumer = atEnd(arguments[0], topic)) {
            List<Thread> writers = new ArrayList<>();
            long start = System.nanoTime() + 500_000_000L;
            for (int writer = 0; writer < WRITERS; writer++) {
                int each = writer;
                Thread thread = new Thread(() -> write(arguments[3], firstId, rate, each, start, sent));
                thread.setDaemon(true);
                thread.start();
                writers.add(thread);
            }
            int missing = rows;
            long deadline = start + rows / rate * 1_000_000_000L + PATIENCE.toNanos();
            while (missing > 0 && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
                    long now = System.nanoTime();
                    int index = Math.toIntExact(id(each.key(), ours) - firstId);
                    if (index < 0) {
                        continue; // of the other tool's turn, and worked off only now
                    }
                    missing -= times[index]++ == 0 ? 1 : 0;
                    arrived[index] = now;
                }
            }
            print(sent, arrived, times, warm, missing);
        }
    }

    private static KafkaConsumer<byte[], byte[]> atEnd(String bootstrap, String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo each : consumer.partitionsFor(topic)) {
            partitions.add(new TopicPartition(topic, each.partition()));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    private static void write(String url, long firstId, int rate, int writer, long start, AtomicLongArray sent) {
        try (Connection connection = DriverManager.getConnection(url, System.getenv("BENCH_USER"), System.getenv("BENCH_PASSWORD"));
                PreparedStatement insert = connection.prepareStatement(
                        "insert into bench select n, 1, 2, n * 7919, 1.25, 'name ' || n, md5(n::text), now(), true,"
                                + " date '2026-01-01' from (select ?::bigint) one(n)")) {
            for (int row = writer; row < sent.length(); row += WRITERS) {
                long due = start + row * 1_000_000_000L / rate;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                insert.setLong(1, firstId + row);
                sent.set(row, System.nanoTime());
                insert.executeUpdate();
            }
        } catch (Exception e) {
            System.err.println("a writer failed: " + e);
            System.exit(1);
        }
    }

    /** The id in a record's key: Avro's single-object encoding of one nullable long, or JSON of one number. */
    private static long id(byte[] key, boolean ours) {
        if (!ours) {
            String json = new String(key, StandardCharsets.UTF_8);
            return Long.parseLong(json.substring(json.indexOf(':') + 1, json.indexOf('}')).trim());
        }
        long value = 0;
        for (int at = 11, shift = 0; at < key.length; at++, shift += 7) {
            value |= (key[at] & 0x7FL) << shift;
        }
        return value >>> 1 ^ -(value & 1);
    }

    private static void print(AtomicLongArray sent, long[] arrived, long[] times, int warm, int missing) {
        long twice = Arrays.stream(times).filter(count -> count > 1).count();
        if (missing > 0) {
            System.out.printf("{\"missing\": %d, \"twice\": %d}%n", missing, twice);
            return;
        }
        double[] millis = new double[arrived.length - warm];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = (arrived[warm + i] - sent.get(warm + i)) / 1e6;
        }
        double seconds = (sent.get(arrived.length - 1) - sent.get(warm)) / 1e9;
        Arrays.sort(millis);
        System.out.printf(
                "{\"missing\": 0, \"twice\": %d, \"rate\": %.0f, \"p50\": %.2f, \"p95\": %.2f, \"p99\": %.2f, \"max\": %.2f}%n",
                twice, millis.length / seconds, at(millis, 0.50), at(millis, 0.95), at(millis, 0.99), at(millis, 1));
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
