package io.vaultline.clickhouse.load;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.server.ClientGateway;
import io.vaultline.clickhouse.server.PatientGateway;
import io.vaultline.clickhouse.vault.VaultPlan;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.VaultModelFile;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.ChangeConsumer;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicCreator;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.Watermarks;
import io.vaultline.service.MetricsSource;
import io.vaultline.service.Role;
import io.vaultline.service.RoleProgress;
import io.vaultline.service.Service;
import io.vaultline.vault.file.DeclaredModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load role: reads the changes of all collections from Kafka and keeps the vault in ClickHouse, its tables and its
 * views up to date. More loaders of one pipeline share the work. While ClickHouse is down it waits and is not ready.
 */
public final class LoadService implements Service, MetricsSource {
    private static final Logger LOG = LoggerFactory.getLogger(LoadService.class);

    private static final String BATCH_WAIT = "vaultline.batch.wait.seconds";
    private static final String WAITING = "vaultline.dead.letters.waiting";
    private static final String STOPPED = "vaultline.tables.stopped";
    private static final String CLAMPED = "vaultline.clamped.values";

    /** How long a loader that was killed keeps its successor waiting; brokers allow no less by default. */
    private static final int SESSION_TIMEOUT_MILLIS = 6_000;

    /** How long {@link #close()} waits for the last batch. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    /** How long it then waits for the thread to give up. */
    private static final Duration GIVE_UP = Duration.ofSeconds(5);

    private final PipelineConfig config;
    private final CrashPoint crashPoint;
    private final KafkaClients clients;
    private final TopicNames names;
    private final LoadState state = new LoadState("load");
    private volatile Optional<Running> running = Optional.empty();

    private record Running(LoadParts parts, LoadLoop loop, Thread thread) {}

    public LoadService(PipelineConfig config) {
        this(config, CrashPoint.NONE);
    }

    /** @param crashPoint for tests: ends the loader at a named place */
    public LoadService(PipelineConfig config, CrashPoint crashPoint) {
        this.config = config;
        this.crashPoint = crashPoint;
        this.clients = new KafkaClients(config.kafka());
        this.names = new TopicNames(config.pipeline());
    }

    /** The consumer group of a pipeline's loaders, or of those that fill one database of it. */
    public static String group(PipelineConfig config) {
        return config.clickhouse().loadGroup().orElse(config.pipeline() + ".load");
    }

    @Override
    public String name() {
        return "load";
    }

    /** How far it has come. */
    public LoadMetrics metrics() {
        return state.metrics();
    }

    /** How long a batch waits for more changes; zero before the first. Longer than configured while ClickHouse is slow. */
    Duration batchWait() {
        return state.batchWait();
    }

    @Override
    public void start(Consumer<PipelineException> onFailure) {
        ClientGateway server = new ClientGateway(config.clickhouse());
        try {
            LoadParts parts = prepare(server);
            LoadLoop loop = new LoadLoop(parts, state, this::consumer);
            Thread thread = new Thread(() -> work(parts, loop, onFailure), "vaultline-load");
            thread.setDaemon(true);
            running = Optional.of(new Running(parts, loop, thread));
            thread.start();
        } catch (RuntimeException e) {
            server.close();
            throw Failures.of(e);
        }
    }

    /** Everything that must be there before the first change is read. */
    private LoadParts prepare(ClickHouseGateway server) {
        String database = config.clickhouse().vaultDatabase();
        server.execute(VaultPlan.createDatabase(database));
        try (Admin admin = clients.admin()) {
            new TopicCreator(admin, config.kafka()).createInternal(names);
            SchemaCatalog catalog = new SchemaCatalog(clients, names);
            try {
                catalog.refresh();
                LiveVault vault = new LiveVault(catalog, declaredModel(), database);
                GroupOffsets offsets = new GroupOffsets(admin, group(config));
                vault.follow(
                        server,
                        collections -> offsets.forget(
                                collections.stream().map(names::changes).toList()));
                PatientGateway patient = new PatientGateway(server);
                Inserter inserter = new Inserter(patient, crashPoint);
                LetterParts letters = LetterParts.of(config, clients, names);
                FreshnessLog freshness =
                        new FreshnessLog(database, names, vault, inserter, new Watermarks(clients, names));
                return new LoadParts(
                        config.clickhouse(), names, catalog, patient, vault, inserter, letters, freshness, crashPoint);
            } catch (RuntimeException e) {
                catalog.close();
                throw e;
            }
        }
    }

    private DeclaredModel declaredModel() {
        return VaultModelFile.read(config.vaultModel());
    }

    private ChangeConsumer consumer(SchemaCatalog schemas, ConsumerRebalanceListener listener) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                SESSION_TIMEOUT_MILLIS,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                SESSION_TIMEOUT_MILLIS / 4,
                ConsumerConfig.CLIENT_ID_CONFIG,
                group(config));
        return new ChangeConsumer(clients, names, group(config), schemas, settings, listener);
    }

    private void work(LoadParts parts, LoadLoop loop, Consumer<PipelineException> onFailure) {
        Optional<PipelineException> failure = Optional.empty();
        try {
            loop.run();
        } catch (RuntimeException e) {
            failure = Optional.of(Failures.of(e));
        } finally {
            state.ended();
            parts.close();
        }
        if (state.stopping()) {
            failure.ifPresent(
                    e -> LOG.warn("Stopped with a batch not committed; the next start loads it: {}", e.getMessage()));
        } else {
            failure.ifPresent(onFailure);
        }
    }

    @Override
    public boolean ready() {
        return state.working()
                && running.map(now -> now.parts().server().trouble().isEmpty()).orElse(false);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        state.progress().bindTo(registry);
        Gauge.builder(BATCH_WAIT, state, now -> now.batchWait().toNanos() / 1e9)
                .description("How long a batch waits for more changes, longer while ClickHouse is slow")
                .tags(RoleProgress.ROLE_TAG, Role.LOAD.label(), RoleProgress.SERVICE_TAG, name())
                .strongReference(true)
                .register(registry);
        gauge(
                registry,
                WAITING,
                "Changes that wait as dead letters, or behind them",
                letters -> letters.shelf().size());
        gauge(
                registry,
                STOPPED,
                "Tables that wait in Kafka, since too many of their rows wait",
                letters -> letters.stopped().size());
        gauge(
                registry,
                CLAMPED,
                "Values replaced by the nearest that ClickHouse holds",
                letters -> letters.ranges().count());
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<LetterParts> value) {
        Gauge.builder(
                        name,
                        this,
                        service -> service.running
                                .map(now -> value.applyAsDouble(now.parts().letters()))
                                .orElse(0.0))
                .description(description)
                .tags(RoleProgress.ROLE_TAG, Role.LOAD.label(), RoleProgress.SERVICE_TAG, name())
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void close() {
        running.ifPresent(this::stop);
        running = Optional.empty();
    }

    private void stop(Running now) {
        state.stop();
        now.loop().wakeup();
        try {
            now.thread().join(DRAIN.toMillis());
            now.parts().server().giveUp();
            now.thread().join(GIVE_UP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            now.parts().server().giveUp();
        }
    }
}
