package io.vaultline.clickhouse.load;

import static io.vaultline.clickhouse.load.LoadBench.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.clickhouse.load.CrashPoint.Place;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataType.Simple;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each change counts once, in the vault and in a materialized view that adds up what is inserted. */
@ExtendWith(SharedBench.class)
class LoadOnceIT {
    private static final CollectionSchema ORDERS = new CollectionSchema(
            new CollectionId("pg", "public", "orders"),
            CollectionKind.TABLE,
            List.of(new Column("id", Simple.INT32, "int4", false), new Column("shop", Simple.INT32, "int4", true)),
            List.of("id"),
            List.of());

    private static final CollectionSchema SHOPS = new CollectionSchema(
            new CollectionId("pg", "public", "shops"),
            CollectionKind.TABLE,
            List.of(new Column("id", Simple.INT32, "int4", false)),
            List.of("id"),
            List.of());

    private static final CollectionSchema NOTED = new CollectionSchema(
            ORDERS.id(),
            CollectionKind.TABLE,
            List.of(
                    new Column("id", Simple.INT32, "int4", false),
                    new Column("shop", Simple.INT32, "int4", true),
                    new Column("note", Simple.TEXT, "text", true)),
            List.of("id"),
            List.of());

    private static LoadBench bench;

    @BeforeAll
    static void start(LoadBench shared) {
        bench = shared;
    }

    @AfterAll
    static void stop() {
        bench.closeServices();
    }

    /** The second HALF_INSERTED is met while the batch of the crash before is loaded again. */
    @Test
    void aCrashLosesNothingAndDoublesNothingAlsoWhenAColumnIsAddedBeforeTheRestart() {
        try (Publisher source = counted("crash")) {
            int next = 2;
            for (Place place :
                    List.of(Place.HALF_INSERTED, Place.PLANNED, Place.INSERTED_NOT_COMMITTED, Place.HALF_INSERTED)) {
                source.publish(orders(source, next, next + 99));
                next += 100;
                crash(place);
            }
            List<DataChangeEvent> noted = new ArrayList<>();
            for (int id = next; id <= 700; id++) {
                noted.add(source.created(NOTED, id, id % 3, "late"));
            }
            source.publish(noted);

            bench.load(CrashPoint.NONE);

            assertAllCountedOnce();
            assertThat(bench.count("orders_current WHERE note = 'late'")).isEqualTo(noted.size());
        }
    }

    @Test
    void theNextOwnersOfABatchsPartitionsDoItAgainEachAsAWhole() {
        try (Publisher source = counted("split")) {
            source.publish(orders(source, 2, 500));
            crash(Place.HALF_INSERTED);
            try (KafkaConsumer<byte[], byte[]> other = member()) {
                soon().until(() -> {
                    other.poll(Duration.ofMillis(50));
                    return other.assignment().size() == 2;
                });
                bench.load(CrashPoint.NONE);
                soon().until(() -> {
                    other.poll(Duration.ofMillis(50));
                    return bench.count("sat_orders") == 500;
                });
                assertThat(other.assignment()).hasSize(1);
            }
            source.publish(orders(source, 501, 700));

            assertAllCountedOnce();
        }
    }

    @Test
    void aLoaderThatLosesPartitionsInMidInsertIsHarmless() {
        try (Publisher source = counted("rebalance")) {
            CountDownLatch gate = new CountDownLatch(1);
            AtomicBoolean waiting = new AtomicBoolean();
            bench.load(place -> {
                if (place == Place.HALF_INSERTED) {
                    waiting.set(true);
                    pass(gate);
                }
            });
            source.publish(orders(source, 2, 500));
            soon().until(waiting::get);
            bench.load(CrashPoint.NONE);
            source.publish(orders(source, 501, 700));
            soon().until(() -> bench.count("sat_orders") > 500);
            gate.countDown();

            assertAllCountedOnce();
        }
    }

    @Test
    void anInsertWhoseAnswerIsLostIsRepeatedToNoEffect() throws IOException {
        try (Publisher source = counted("deaf");
                DeafProxy network = DeafProxy.before(bench.url(), 3)) {
            bench.url(network.url());
            bench.load(CrashPoint.NONE);
            source.publish(orders(source, 2, 700));

            assertAllCountedOnce();
            assertThat(network.hasLostAll()).isTrue();
        }
    }

    @Test
    void loadersThatComeAndGoUnderLoadDoubleNothing() {
        try (Publisher source = counted("crowd")) {
            bench.load(CrashPoint.NONE);
            for (int first = 2; first <= 700; first += 100) {
                int last = Math.min(700, first + 99);
                source.publish(orders(source, first, last));
                if (first % 200 == 2) {
                    bench.load(CrashPoint.NONE);
                } else {
                    bench.closeOldest();
                }
                int before = first - 1;
                soon().until(() -> bench.count("sat_orders") >= before);
            }

            assertAllCountedOnce();
        }
    }

    @Test
    void aTopicThatIsReadAgainFromItsBeginningChangesNothing() {
        try (Publisher source = bench.pipeline("replay")) {
            source.publish(orders(source, 1, 700));
            bench.load(CrashPoint.NONE);
            soon().untilAsserted(() -> assertThat(bench.count("orders_current")).isEqualTo(700));
            bench.closeServices();
            List<Long> before = contents();
            try (Admin admin = new KafkaClients(bench.config().kafka()).admin()) {
                String topic = new TopicNames("replay").changes(ORDERS.id());
                new GroupOffsets(admin, LoadService.group(bench.config())).forget(List.of(topic));
            }

            LoadService again = bench.load(CrashPoint.NONE);

            soon().until(() -> again.metrics().changes() == 700);
            assertThat(contents()).isEqualTo(before);
        }
    }

    @Test
    void aBatchWaitsLongerWhileTheServerDelaysInserts() {
        try (Publisher source = counted("slow")) {
            LoadService service = bench.load(CrashPoint.NONE);
            source.publish(orders(source, 2, 2));
            soon().until(() -> bench.count("sat_orders") == 2);
            bench.server()
                    .execute("ALTER TABLE slow.sat_orders MODIFY SETTING parts_to_delay_insert = 1,"
                            + " min_delay_to_insert_ms = 900, max_delay_to_insert = 1");
            source.publish(orders(source, 3, 3));

            soon().until(() -> service.batchWait().compareTo(Duration.ofMillis(800)) > 0);
        }
    }

    @Test
    void freshnessSaysUpToWhichCommitEachTableIsComplete() {
        try (Publisher source = bench.pipeline("fresh")) {
            source.publish(SHOPS);
            source.publish(orders(source, 1, 100));
            source.watermark(1_100, source.ends(ORDERS));
            bench.load(CrashPoint.NONE);
            soon().untilAsserted(() -> assertThat(completeTo("orders")).containsExactly(1_100_000L));

            Map<String, Long> beyond = new HashMap<>(source.ends(ORDERS));
            beyond.replaceAll((partition, end) -> end + 1_000);
            source.watermark(2_000, beyond);
            soon().untilAsserted(() -> assertThat(completeTo("shops")).containsExactly(2_000_000L));
            assertThat(completeTo("orders")).containsExactly(1_100_000L);

            source.publish(orders(source, 101, 200));
            source.watermark(3_000, source.ends(ORDERS));
            soon().untilAsserted(() -> assertThat(completeTo("orders")).containsExactly(3_000_000L));
            assertThat(bench.count("orders_current")).isEqualTo(200);
        }
    }

    private static List<Long> completeTo(String table) {
        return bench.numbers("SELECT toUnixTimestamp64Micro(complete_to) AS n FROM %s.vault_freshness"
                + " WHERE source = 'pg' AND collection = 'public." + table + "'");
    }

    /** Rows, hashes of rows and periods, as the views and the tables have them. */
    private static List<Long> contents() {
        List<Long> contents = new ArrayList<>();
        for (String table : List.of("orders_current", "orders_history", "hub_orders FINAL", "sat_orders FINAL")) {
            contents.add(bench.count(table));
            contents.addAll(bench.numbers(
                    "SELECT reinterpretAsInt64(groupBitXor(cityHash64(toString(tuple(*))))) AS n FROM %s." + table));
        }
        return contents;
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A pipeline with one order in its vault, whose tables keep every row that is inserted, and a view that counts the
     * versions that come from now on.
     */
    private static Publisher counted(String pipeline) {
        Publisher source = bench.pipeline(pipeline);
        source.publish(orders(source, 1, 1));
        LoadService first = bench.load(CrashPoint.NONE);
        soon().untilAsserted(() -> assertThat(bench.count("orders_current")).isEqualTo(1));
        first.close();
        String database = pipeline + ".";
        bench.server().execute("SYSTEM STOP MERGES " + database + "hub_orders");
        bench.server().execute("SYSTEM STOP MERGES " + database + "sat_orders");
        bench.server()
                .execute("CREATE TABLE " + database + "counted (n Int64) ENGINE = MergeTree ORDER BY n"
                        + " SETTINGS non_replicated_deduplication_window = 1000");
        bench.server()
                .execute("CREATE MATERIALIZED VIEW " + database + "counting TO " + database
                        + "counted AS SELECT toInt64(count()) AS n FROM " + database + "sat_orders");
        return source;
    }

    private static void crash(Place place) {
        LoadService crashing = bench.load(reached -> {
            if (reached == place) {
                throw new IllegalStateException("killed at " + place);
            }
        });
        soon().until(() -> bench.failure() != null);
        crashing.close();
    }

    private static void assertAllCountedOnce() {
        soon().untilAsserted(() -> assertThat(bench.count("orders_current")).isEqualTo(700));
        soon().untilAsserted(() -> assertThat(counted()).isGreaterThanOrEqualTo(699));
        bench.closeServices();
        assertThat(counted()).isEqualTo(699);
        assertThat(bench.count("hub_orders")).isEqualTo(700);
        assertThat(bench.count("sat_orders")).isEqualTo(700);
        assertThat(bench.numbers("SELECT toInt64(sum(id)) AS n FROM %s.orders_current"))
                .containsExactly(245_350L);
    }

    private static long counted() {
        return bench.numbers("SELECT sum(n) AS n FROM %s.counted").get(0);
    }

    /** A member of the loaders' group that loads nothing. */
    private static KafkaConsumer<byte[], byte[]> member() {
        String pipeline = bench.config().pipeline();
        KafkaConsumer<byte[], byte[]> member = new KafkaClients(bench.config().kafka())
                .consumer(Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        LoadService.group(bench.config()),
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        List.of(CooperativeStickyAssignor.class)));
        member.subscribe(Pattern.compile(Pattern.quote(pipeline + ".") + "(?!__).+"));
        return member;
    }

    private static List<DataChangeEvent> orders(Publisher source, int first, int last) {
        List<DataChangeEvent> orders = new ArrayList<>();
        for (int id = first; id <= last; id++) {
            orders.add(source.created(ORDERS, id, id % 3));
        }
        return orders;
    }
}
