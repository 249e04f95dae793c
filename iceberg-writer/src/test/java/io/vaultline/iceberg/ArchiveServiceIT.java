package io.vaultline.iceberg;

import static io.vaultline.iceberg.Rows.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.iceberg.read.IcebergStateReader;
import io.vaultline.iceberg.write.CommitStep;
import io.vaultline.iceberg.write.OffsetsMark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes from a real Kafka in tables of a real catalog on a real object store. */
class ArchiveServiceIT {
    private static final Column NOTE = new Column("note", Simple.TEXT, "text", true);

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static Devstack stack;

    private final Queue<PipelineException> failures = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.KAFKA, ServerKind.POSTGRES, ServerKind.S3))
                .start();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void eachChangeIsOneRowAndTheTableKnowsHowFarItIs() throws Exception {
        CollectionSchema orders = Rows.collection("orders", NOTE);
        CollectionSchema empty = Rows.collection("empty", NOTE);
        try (TestPipeline pipeline = pipeline("rows");
                ArchiveService service = service(pipeline)) {
            pipeline.announce(orders);
            pipeline.announce(empty);
            pipeline.send(created(orders, 0, 2_000));

            soon().until(() -> pipeline.history().count(orders), n -> n == 2_000);
            assertThat(service.ready()).isTrue();
            soon().untilAsserted(() -> assertThat(pipeline.groupOffsets()).isEqualTo(mark(pipeline, orders)));
            soon().untilAsserted(
                            () -> assertThat(pipeline.tables().find(empty.id())).isPresent());
            assertThat(pipeline.history().count(empty)).isZero();
            assertThat(state(pipeline, orders)).hasSize(2_000);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void tablesFollowTheSourceWhileTheServiceRuns() {
        CollectionSchema narrow = Rows.collection("orders", NOTE);
        CollectionSchema wide = Rows.collection("orders", NOTE, new Column("added", Simple.TEXT, "text", true));
        CollectionSchema late = Rows.collection("late", NOTE);
        try (TestPipeline pipeline = pipeline("evolution");
                ArchiveService service = service(pipeline)) {
            pipeline.announce(narrow);
            pipeline.send(created(narrow, 0, 10));
            soon().until(() -> pipeline.history().count(narrow), n -> n == 10);

            pipeline.announce(wide);
            soon().until(() -> table(pipeline, wide).schema().findField("added") != null);
            pipeline.announce(late);
            pipeline.send(created(late, 0, 5));
            pipeline.send(created(wide, 10, 20));

            soon().until(() -> pipeline.history().count(late), n -> n == 5);
            soon().until(() -> pipeline.history().count(wide), n -> n == 20);
            assertThat(service.ready()).isTrue();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void aProcessThatDiesInACommitLosesAndRepeatsNothing() throws Exception {
        CollectionSchema orders = Rows.collection("orders", NOTE);
        try (TestPipeline pipeline = pipeline("killed")) {
            pipeline.announce(orders);
            pipeline.send(created(orders, 0, 500));
            assertThat(DyingArchive.run(stack.endpoints(), "killed", CommitStep.FILES_WRITTEN))
                    .isEqualTo(DyingArchive.EXIT_CODE);
            assertThat(pipeline.history().count(orders)).isZero();

            assertThat(DyingArchive.run(stack.endpoints(), "killed", CommitStep.TABLE_COMMITTED))
                    .isEqualTo(DyingArchive.EXIT_CODE);
            assertThat(pipeline.history().count(orders)).isPositive();
            assertThat(pipeline.groupOffsets()).isEmpty();

            try (ArchiveService service = service(pipeline)) {
                soon().until(() -> pipeline.groupOffsets().equals(mark(pipeline, orders)));
                pipeline.send(created(orders, 500, 600));
                soon().until(() -> pipeline.history().count(orders), n -> n == 600);
                assertThat(service.ready()).isTrue();
            }
            assertThat(state(pipeline, orders)).hasSize(600);
        }
    }

    @Test
    void whatWasReadIsCommittedAtTheEndAndTopicsPassFromOneProcessToTheNext() {
        List<CollectionSchema> collections =
                List.of(Rows.collection("a", NOTE), Rows.collection("b", NOTE), Rows.collection("c", NOTE));
        try (TestPipeline pipeline = pipeline("shared");
                ArchiveService second = new ArchiveService(pipeline.config())) {
            collections.forEach(pipeline::announce);
            try (ArchiveService first = service(pipeline)) {
                collections.forEach(schema -> pipeline.send(created(schema, 0, 100)));
                soon().until(first::ready);
                second.start(failures::add);
                soon().until(second::ready);
                collections.forEach(schema -> pipeline.send(created(schema, 100, 200)));
            }
            collections.forEach(schema -> pipeline.send(created(schema, 200, 300)));
            for (CollectionSchema schema : collections) {
                soon().until(() -> pipeline.history().count(schema), n -> n == 300);
                assertThat(state(pipeline, schema)).hasSize(300);
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void anOutageOfTheStoreIsWaitedOut() {
        CollectionSchema orders = Rows.collection("orders", NOTE);
        try (TestPipeline pipeline = pipeline("outage");
                ArchiveService service = service(pipeline)) {
            pipeline.announce(orders);
            pipeline.send(created(orders, 0, 10));
            soon().until(() -> pipeline.history().count(orders), n -> n == 10);

            stack.stop(ServerKind.S3);
            pipeline.send(created(orders, 10, 20));
            try {
                soon().until(() -> !service.ready());
            } finally {
                stack.start(ServerKind.S3);
            }

            soon().until(() -> pipeline.history().count(orders), n -> n == 20);
            soon().until(service::ready);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void changesThatKafkaHasLostAreNoSilentGap() throws Exception {
        CollectionSchema orders = Rows.collection("orders", NOTE);
        try (TestPipeline pipeline = pipeline("expired")) {
            pipeline.announce(orders);
            try (ArchiveService service = service(pipeline)) {
                pipeline.send(created(orders, 0, 100));
                soon().until(() -> pipeline.history().count(orders), n -> n == 100);
                assertThat(service.ready()).isTrue();
            }
            pipeline.send(created(orders, 100, 200));
            Map<TopicPartition, RecordsToDelete> everything = new HashMap<>();
            mark(pipeline, orders)
                    .forEach((partition, offset) ->
                            everything.put(partition, RecordsToDelete.beforeOffset(offset + 20)));
            pipeline.admin().deleteRecords(everything).all().get();

            try (ArchiveService service = service(pipeline)) {
                soon().until(() -> !failures.isEmpty());
                assertThat(service.ready()).isFalse();
            }
            assertThat(failures.element().code()).isEqualTo(ErrorCode.CHANGES_EXPIRED);
            assertThat(failures.element().where()).contains("orders");
            assertThat(pipeline.history().count(orders)).isEqualTo(100);
        }
    }

    @Test
    void anIdleCollectionOutlivesTheRetentionOfItsTopic() throws Exception {
        CollectionSchema orders = Rows.collection("orders", NOTE);
        try (TestPipeline pipeline = pipeline("idle")) {
            pipeline.announce(orders);
            try (ArchiveService service = service(pipeline)) {
                pipeline.send(created(orders, 0, 100));
                soon().until(() -> pipeline.history().count(orders), n -> n == 100);
                assertThat(service.ready()).isTrue();
            }
            pipeline.watermark(mark(pipeline, orders));
            Map<TopicPartition, RecordsToDelete> everything = new HashMap<>();
            mark(pipeline, orders)
                    .keySet()
                    .forEach(partition -> everything.put(partition, RecordsToDelete.beforeOffset(-1)));
            pipeline.admin().deleteRecords(everything).all().get();

            try (ArchiveService service = service(pipeline)) {
                soon().until(service::ready);
                pipeline.send(created(orders, 100, 200));
                soon().until(() -> pipeline.history().count(orders), n -> n == 200);
            }
        }
        assertThat(failures).isEmpty();
    }

    private static TestPipeline pipeline(String name) {
        return new TestPipeline(stack.endpoints(), name);
    }

    private ArchiveService service(TestPipeline pipeline) {
        ArchiveService service = new ArchiveService(pipeline.config());
        service.start(failures::add);
        return service;
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions();
    }

    private static Table table(TestPipeline pipeline, CollectionSchema schema) {
        return pipeline.tables().find(schema.id()).orElseThrow();
    }

    private static Map<TopicPartition, Long> mark(TestPipeline pipeline, CollectionSchema schema) {
        OffsetsMark mark = OffsetsMark.of(table(pipeline, schema)).orElseThrow();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        mark.offsets().forEach((partition, offset) -> {
            int dash = partition.lastIndexOf('-');
            offsets.put(
                    new TopicPartition(
                            partition.substring(0, dash),
                            Integer.parseInt(partition, dash + 1, partition.length(), 10)),
                    offset);
        });
        return offsets;
    }

    private static List<Row> state(TestPipeline pipeline, CollectionSchema schema) {
        List<Row> rows = new ArrayList<>();
        new IcebergStateReader(pipeline.history()).read(schema, Long.MAX_VALUE, rows::add);
        return rows;
    }
}
