package io.vaultline.clickhouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.server.ClientGateway;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.config.KafkaConfig;
import io.vaultline.config.LakeConfig;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.RangeRules;
import io.vaultline.config.Secret;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.ForeignKey;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load role between a real Kafka and a real ClickHouse, each test in a pipeline and a database of its own. */
class LoadServiceIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final CollectionSchema SHOPS = table("shops", List.of(), column("id", Simple.INT32));
    private static final CollectionSchema ORDERS = table(
            "orders",
            List.of(new ForeignKey("fk", List.of("shop"), SHOPS.id(), List.of("id"))),
            column("id", Simple.INT32),
            column("shop", Simple.INT32),
            column("day", Simple.DATE));

    @TempDir
    static Path directory;

    private static Devstack stack;
    private static ClickHouseGateway server;
    private static int tests;

    private final AtomicReference<@Nullable PipelineException> failure = new AtomicReference<>();
    private final List<LoadService> services = new ArrayList<>();
    private String pipeline = "";
    private Publisher source;

    @BeforeAll
    static void startServers() {
        stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.KAFKA, ServerKind.CLICKHOUSE))
                .start();
        server = new ClientGateway(clickhouse("default"));
    }

    @AfterAll
    static void stopServers() {
        server.close();
        stack.close();
    }

    @BeforeEach
    void startSource() {
        pipeline = "load" + ++tests;
        source = new Publisher(kafka(), pipeline);
    }

    @AfterEach
    void stopAll() {
        services.forEach(LoadService::close);
        source.close();
    }

    @Test
    void changesAndEmptyTablesAppearInTheVault() {
        start(CrashPoint.NONE);

        source.publish(SHOPS);
        source.publish(orders(1, 1_000));

        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(1_000));
        soon().untilAsserted(() -> assertThat(count("shops_current")).isZero());
        assertThat(services.get(0).ready()).isTrue();
        soon().untilAsserted(
                        () -> assertThat(services.get(0).metrics().changes()).isEqualTo(1_000));
    }

    @Test
    void aColumnThatAppearsInMidStreamIsThere() {
        source.publish(orders(1, 10));
        start(CrashPoint.NONE);
        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(10));
        CollectionSchema wider = noted(Simple.TEXT);

        source.publish(source.updated(wider, 3, 1, 0, "late"), source.created(wider, 99, 1, 0, null));

        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(11));
        assertThat(numbers("SELECT toInt64(id) AS n FROM %s.orders_current WHERE note = 'late'"))
                .containsExactly(3L);
    }

    @Test
    void aColumnThatWasDroppedBeforeItsRowsWereReadKeepsItsValues() {
        CollectionSchema wider = noted(Simple.TEXT);
        source.publish(source.created(wider, 1, 1, 0, "kept"));
        source.publish(source.created(ORDERS, 2, 1, 0));

        start(CrashPoint.NONE);

        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(2));
        assertThat(numbers("SELECT toInt64(id) AS n FROM %s.orders_current WHERE note = 'kept'"))
                .containsExactly(1L);
    }

    /** A capture that was killed behind a change of shape begins before it again. */
    @Test
    void aShapeThatIsTheNewestOnceMoreIsFollowedOnceMore() {
        CollectionSchema before = noted(Simple.INT32);
        CollectionSchema after = noted(Simple.TEXT);
        source.publish(after);
        start(CrashPoint.NONE);
        soon().until(() -> services.get(0).ready());

        source.publishAgain(before);
        source.publish(source.created(before, 1, 1, 0, 5));
        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(1));
        source.publishAgain(after);
        source.publish(source.created(after, 2, 1, 0, "no number"));

        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(2));
        assertThat(failure.get()).isNull();
        assertThat(numbers("SELECT toInt64(id) AS n FROM %s.orders_current WHERE note = 'no number'"))
                .containsExactly(2L);
    }

    private static CollectionSchema noted(DataType type) {
        return table(
                "orders",
                List.of(),
                column("id", Simple.INT32),
                column("shop", Simple.INT32),
                column("day", Simple.DATE),
                column("note", type));
    }

    @Test
    void whileClickHouseIsDownItWaitsAndThenCatchesUp() {
        LoadService service = start(CrashPoint.NONE);
        source.publish(orders(1, 10));
        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(10));

        stack.stop(ServerKind.CLICKHOUSE);
        source.publish(orders(11, 20));
        source.publish(SHOPS);
        soon().until(() -> !service.ready());
        stack.start(ServerKind.CLICKHOUSE);

        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(20));
        soon().untilAsserted(() -> assertThat(count("shops_current")).isZero());
        soon().until(service::ready);
        assertThat(failure.get()).isNull();
    }

    @Test
    void aRelationIsCompleteAlsoWhenItsOtherEndIsSeenLater() {
        start(CrashPoint.NONE);
        source.publish(orders(1, 100));
        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(100));

        source.publish(source.created(SHOPS, 0), source.created(SHOPS, 1), source.created(SHOPS, 2));

        soon().untilAsserted(() -> assertThat(count("orders_shops_current")).isEqualTo(100));
    }

    @Test
    void aVaultThatWasDroppedIsFilledAgainFromKafka() {
        source.publish(orders(1, 50));
        LoadService first = start(CrashPoint.NONE);
        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(50));
        first.close();
        server.execute("DROP DATABASE " + pipeline);

        start(CrashPoint.NONE);

        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(50));
    }

    @Test
    void loadersShareTheWorkAndTakeOverFromEachOther() {
        LoadService first = start(CrashPoint.NONE);
        start(CrashPoint.NONE);
        source.publish(orders(1, 200));
        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(200));

        first.close();
        source.publish(orders(201, 400));

        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(400));
        assertThat(count("sat_orders FINAL")).isEqualTo(400);
        assertThat(failure.get()).isNull();
    }

    @Test
    void aSecondVaultBesideTheFirstIsFilledFromTheSameTopics() throws IOException {
        Path file = Files.writeString(directory.resolve("second.yaml"), "hash: {algorithm: md5}\nghost-records: true");
        ClickHouseConfig first = clickhouse(pipeline);
        ClickHouseConfig second = new ClickHouseConfig(
                first.url(),
                first.user(),
                first.password(),
                pipeline + "_second",
                Optional.of(pipeline + ".load-second"),
                first.flushInterval(),
                first.flushRows(),
                RangeRules.failing());
        source.publish(orders(1, 100));
        start(CrashPoint.NONE);
        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(100));

        LoadService beside = start(config(second, Optional.of(file)));
        source.publish(orders(101, 150));

        soon().untilAsserted(() -> assertThat(count("orders_current")).isEqualTo(150));
        soon().untilAsserted(() -> assertThat(numbers("SELECT toInt64(count()) AS n FROM %s_second.orders_current"))
                .containsExactly(150L));
        assertThat(numbers("SELECT toInt64(count()) AS n FROM %1$s_second.hub_orders AS two"
                        + " INNER JOIN %1$s.hub_orders AS one ON one.orders_hk = two.orders_hk"))
                .as("keys by another algorithm")
                .containsExactly(0L);
        soon().untilAsserted(() -> assertThat(beside.metrics().changes()).isEqualTo(150));
        assertThat(failure.get()).isNull();
    }

    @Test
    void closingFinishesWhatIsInHand() {
        LoadService service = new LoadService(config(clickhouse(pipeline, Duration.ofMinutes(5))), CrashPoint.NONE);
        service.start(failure::set);
        source.publish(orders(1, 300));
        soon().untilAsserted(() -> assertThat(count("sat_orders")).isZero());
        soon().until(service::ready);
        soon().until(() -> service.metrics().inHand() == 300);

        service.close();

        assertThat(count("orders_current")).isEqualTo(300);
        assertThat(service.metrics().batches()).isEqualTo(1);
        assertThat(service.ready()).isFalse();
    }

    @Test
    void itDoesNotStartWithAWrongPasswordOrAddress() {
        ClickHouseConfig right = clickhouse(pipeline);
        ClickHouseConfig password = new ClickHouseConfig(
                right.url(), right.user(), new Secret("wrong"), pipeline, right.flushInterval(), right.flushRows());
        ClickHouseConfig address = new ClickHouseConfig(
                "http://127.0.0.1:1", right.user(), right.password(), pipeline, right.flushInterval(), 1);

        assertThatThrownBy(() -> new LoadService(config(password)).start(failure::set))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLICKHOUSE_REFUSES));
        assertThatThrownBy(() -> new LoadService(config(address)).start(failure::set))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLICKHOUSE_UNREACHABLE));
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
    }

    private LoadService start(CrashPoint crashPoint) {
        return start(new LoadService(config(clickhouse(pipeline)), crashPoint));
    }

    private LoadService start(PipelineConfig config) {
        return start(new LoadService(config, CrashPoint.NONE));
    }

    private LoadService start(LoadService service) {
        services.add(service);
        service.start(failure::set);
        return service;
    }

    private List<DataChangeEvent> orders(int first, int last) {
        List<DataChangeEvent> orders = new ArrayList<>();
        for (int id = first; id <= last; id++) {
            orders.add(source.created(ORDERS, id, id % 3, 20_000));
        }
        return orders;
    }

    private long count(String table) {
        return numbers("SELECT toInt64(count()) AS n FROM %s." + table).get(0);
    }

    private List<Long> numbers(String query) {
        List<Long> numbers = new ArrayList<>();
        WireColumn column = new WireColumn("n", new SourceValue(Simple.INT64), false);
        server.query(query.formatted(pipeline), List.of(column), row -> numbers.add((Long) row[0]));
        return numbers;
    }

    private static CollectionSchema table(String name, List<ForeignKey> foreignKeys, Column... columns) {
        CollectionId id = new CollectionId("pg", "public", name);
        return new CollectionSchema(id, CollectionKind.TABLE, List.of(columns), List.of("id"), foreignKeys);
    }

    private static Column column(String name, DataType type) {
        return new Column(name, type, type.toString(), !name.equals("id"));
    }

    private PipelineConfig config(ClickHouseConfig clickhouse) {
        return config(clickhouse, Optional.empty());
    }

    private PipelineConfig config(ClickHouseConfig clickhouse, Optional<Path> model) {
        LakeConfig lake = new LakeConfig("lake", "history", Map.of(), Map.of(), Duration.ofSeconds(1), 1);
        return new PipelineConfig(pipeline, List.of(), kafka(), clickhouse, lake, model, 0);
    }

    private static KafkaConfig kafka() {
        return new KafkaConfig(stack.endpoints().kafka().bootstrapServers(), 2, 1, Duration.ofDays(1), Map.of());
    }

    private static ClickHouseConfig clickhouse(String database) {
        return clickhouse(database, Duration.ofMillis(200));
    }

    private static ClickHouseConfig clickhouse(String database, Duration flushInterval) {
        var endpoint = stack.endpoints().clickhouse();
        Secret password = new Secret(endpoint.password());
        return new ClickHouseConfig(endpoint.httpUrl(), endpoint.user(), password, database, flushInterval, 10_000);
    }
}
