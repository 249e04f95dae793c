package io.vaultline.verification;

import io.vaultline.capture.mongo.MongoState;
import io.vaultline.capture.postgres.PostgresState;
import io.vaultline.capture.source.SourceState;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.verify.StateReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A pipeline's sources, each as it was right after one commit. For one thread. */
final class Sources implements StateReader, AutoCloseable {
    private final Map<String, SourceState> states = new LinkedHashMap<>();

    private Sources() {}

    /** Takes hold of the present state of each source. */
    static Sources open(List<SourceConfig> configs) {
        Sources sources = new Sources();
        try {
            configs.forEach(config -> sources.states.put(config.name(), open(config)));
            return sources;
        } catch (RuntimeException e) {
            sources.close();
            throw e;
        }
    }

    private static SourceState open(SourceConfig config) {
        return config instanceof SourceConfig.Postgres postgres
                ? PostgresState.open(postgres)
                : MongoState.open((SourceConfig.Mongo) config);
    }

    /** The commit of each source, by its name. */
    Map<String, Long> commitPositions() {
        Map<String, Long> positions = new TreeMap<>();
        states.forEach((source, state) -> positions.put(source, state.commitPosition()));
        return positions;
    }

    /** The commit of a collection's source. */
    long commitPosition(CollectionId collection) {
        return state(collection).commitPosition();
    }

    /** The collections that the sources have, in order. */
    Set<CollectionId> collections() {
        return states.values().stream()
                .flatMap(state -> state.collections().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many rows a collection has. */
    long count(CollectionId collection) {
        return state(collection).count(collection);
    }

    @Override
    public String store() {
        return "source";
    }

    @Override
    public void read(CollectionSchema schema, long commitPosition, Consumer<Row> rows) {
        SourceState state = state(schema.id());
        if (state.commitPosition() != commitPosition) {
            throw new IllegalArgumentException("the source is held at another commit");
        }
        state.read(schema, rows);
    }

    private SourceState state(CollectionId collection) {
        SourceState state = states.get(collection.source());
        if (state == null) {
            throw new IllegalArgumentException("no source is called " + collection.source());
        }
        return state;
    }

    @Override
    public void close() {
        states.values().forEach(SourceState::close);
    }
}
