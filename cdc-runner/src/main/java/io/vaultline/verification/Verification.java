package io.vaultline.verification;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Watermark;
import io.vaultline.kafka.CapturedTopics;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.Watermarks;
import io.vaultline.verify.CollectionComparison;
import io.vaultline.verify.StateComparison;
import io.vaultline.verify.StateDigest;
import io.vaultline.verify.StoreComparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares sources, vault and history: takes hold of each source's present state, reads it, waits until Kafka and both
 * stores have passed it, and reads them as of the same commit. Changes that come meanwhile are in none of the three.
 */
public final class Verification {
    private final PipelineConfig config;
    private final VerificationOptions options;
    private final VerificationListener listener;

    public Verification(PipelineConfig config, VerificationOptions options, VerificationListener listener) {
        this.config = config;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Compares.
     *
     * @throws io.vaultline.error.PipelineException if the stores don't catch up in time, or anything can't be read
     */
    public VerificationReport run() {
        long begin = System.nanoTime();
        KafkaClients clients = new KafkaClients(config.kafka());
        TopicNames topics = new TopicNames(config.pipeline());
        Patience capturing = patience(heartbeats());
        Patience storing = patience(config.lake().commitInterval());
        capturing.await(() -> begun(clients, topics));
        try (Sources sources = Sources.open(config.sources());
                Watermarks watermarks = new Watermarks(clients, topics);
                SchemaCatalog catalog = new SchemaCatalog(clients, topics);
                Stores stores = Stores.open(config)) {
            Selection.require(sources.collections(), options.table());
            Arrival arrival = new Arrival(watermarks, listener);
            Collection<Watermark> reached = arrival.awaitCaptured(sources.commitPositions(), capturing);
            Map<CollectionId, CollectionSchema> schemas = schemas(catalog);
            Selection selection = Selection.of(sources.collections(), schemas, options.table());
            Map<CollectionId, StateDigest> expected = digests(sources, selection);
            arrival.awaitStored(reached, stores.progress(), storing);
            List<TableResult> results = compare(sources, stores, schemas.values(), selection, expected);
            return new VerificationReport(results, selection.gone(), Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /** Between two signs of life nothing moves, so that is no standstill. */
    private Patience patience(Duration betweenSigns) {
        Duration still = options.standstill().plus(betweenSigns.multipliedBy(2));
        return new Patience(new Patience.Limits(options.timeout(), still), listener);
    }

    private Duration heartbeats() {
        return config.sources().stream()
                .map(SourceConfig::heartbeat)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** A pipeline that was started just now makes its topics within seconds. */
    private static Patience.Missing begun(KafkaClients clients, TopicNames topics) {
        return CapturedTopics.exists(clients, topics.control())
                ? Patience.Missing.nothing()
                : new Patience.Missing("waiting for a pipeline that captures", topics.control());
    }

    private static Map<CollectionId, CollectionSchema> schemas(SchemaCatalog catalog) {
        catalog.refresh();
        Map<CollectionId, CollectionSchema> schemas = new TreeMap<>();
        catalog.newest().forEach((id, schema) -> schemas.put(id, schema.collection()));
        return schemas;
    }

    /** Reads the sources first: MongoDB keeps an old state for minutes only. */
    private Map<CollectionId, StateDigest> digests(Sources sources, Selection selection) {
        StateComparison reading = new StateComparison(sources, List.of(), 0);
        Map<CollectionId, StateDigest> digests = new TreeMap<>();
        for (CollectionSchema schema : selection.captured()) {
            listener.comparing(schema.id());
            digests.put(schema.id(), reading.digestSource(schema, sources.commitPosition(schema.id())));
        }
        return digests;
    }

    private List<TableResult> compare(
            Sources sources,
            Stores stores,
            Collection<CollectionSchema> schemas,
            Selection selection,
            Map<CollectionId, StateDigest> expected) {
        StateComparison comparison =
                new StateComparison(sources, stores.readers(schemas), VerificationOptions.NAMED_ROWS);
        List<TableResult> results = new ArrayList<>();
        for (CollectionSchema schema : selection.captured()) {
            listener.comparing(schema.id());
            StateDigest digest = expected.getOrDefault(schema.id(), new StateDigest(schema));
            long position = sources.commitPosition(schema.id());
            results.add(new TableResult(comparison.compare(schema, position, digest), stores.changes(schema)));
        }
        selection.unheardOf().forEach(id -> results.add(unheardOf(id, sources.count(id))));
        results.sort(Comparator.comparing(TableResult::collection));
        return results;
    }

    /** Nothing in either store: equal only if there is nothing to be had. */
    private static TableResult unheardOf(CollectionId id, long sourceRows) {
        List<StoreComparison> nothing = Stream.of(TableResult.VAULT, TableResult.HISTORY)
                .map(store -> new StoreComparison(store, 0, sourceRows == 0, List.of()))
                .toList();
        return new TableResult(new CollectionComparison(id, sourceRows, nothing), 0);
    }
}
