package io.vaultline.clickhouse.load;

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
import io.vaultline.error.PipelineException;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A Kafka and a ClickHouse, and loaders between them, for pipelines one after the other. */
final class LoadBench implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Devstack stack;
    private final ClickHouseGateway server;
    private final List<LoadService> services = new ArrayList<>();
    private final AtomicReference<@Nullable PipelineException> failure = new AtomicReference<>();
    private String pipeline = "none";
    private String url;
    private RangeRules ranges = RangeRules.failing();
    private int maxRows = PipelineConfig.MAX_ROWS;

    private LoadBench(Devstack stack) {
        this.stack = stack;
        this.url = stack.endpoints().clickhouse().httpUrl();
        this.server = new ClientGateway(clickhouse());
    }

    static LoadBench start() {
        try {
            Path directory = Files.createTempDirectory("vaultline-load");
            return new LoadBench(Devstack.builder()
                    .directory(directory)
                    .servers(EnumSet.of(ServerKind.KAFKA, ServerKind.CLICKHOUSE))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the loaders of the pipeline before, and begins another one. */
    Publisher pipeline(String name) {
        closeServices();
        failure.set(null);
        pipeline = name;
        ranges = RangeRules.failing();
        maxRows = PipelineConfig.MAX_ROWS;
        url = stack.endpoints().clickhouse().httpUrl();
        return new Publisher(kafka(), name);
    }

    void ranges(RangeRules rules) {
        ranges = rules;
    }

    void maxRows(int most) {
        maxRows = most;
    }

    /** Where loaders of this pipeline find ClickHouse from now on. */
    void url(String other) {
        url = other;
    }

    String url() {
        return url;
    }

    LoadService load(CrashPoint crashPoint) {
        LoadService service = new LoadService(config(), crashPoint);
        services.add(service);
        service.start(failure::set);
        return service;
    }

    /** Ends the loader that was started first. */
    void closeOldest() {
        services.remove(0).close();
    }

    void closeServices() {
        services.forEach(LoadService::close);
        services.clear();
    }

    @Nullable
    PipelineException failure() {
        return failure.get();
    }

    ClickHouseGateway server() {
        return server;
    }

    static ConditionFactory soon() {
        return await().atMost(SOON).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
    }

    /** One whole number a row; {@code %s} is the vault's database. */
    List<Long> numbers(String query) {
        return numbers(query, Simple.INT64);
    }

    /** The same of another type that is a number to us. */
    List<Long> numbers(String query, Simple type) {
        List<Long> numbers = new ArrayList<>();
        WireColumn column = new WireColumn("n", new SourceValue(type), false);
        server.query(query.replace("%s", pipeline), List.of(column), row -> numbers.add((Long) row[0]));
        return numbers;
    }

    long count(String table) {
        return numbers("SELECT toInt64(count()) AS n FROM %s." + table).get(0);
    }

    PipelineConfig config() {
        LakeConfig lake = new LakeConfig("lake", "history", Map.of(), Map.of(), Duration.ofSeconds(1), 1);
        return new PipelineConfig(
                pipeline,
                List.of(),
                kafka(),
                clickhouse(),
                lake,
                PipelineConfig.MAX_WAITING,
                maxRows,
                Optional.empty(),
                PipelineConfig.LOOPBACK,
                0);
    }

    private KafkaConfig kafka() {
        return new KafkaConfig(stack.endpoints().kafka().bootstrapServers(), 2, 1, Duration.ofDays(1), Map.of());
    }

    private ClickHouseConfig clickhouse() {
        var endpoint = stack.endpoints().clickhouse();
        return new ClickHouseConfig(
                url,
                endpoint.user(),
                new Secret(endpoint.password()),
                pipeline,
                Optional.empty(),
                Duration.ofMillis(200),
                10_000,
                ranges);
    }

    @Override
    public void close() {
        closeServices();
        server.close();
        stack.close();
        try (Stream<Path> files = Files.walk(stack.directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
