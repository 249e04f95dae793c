package io.vaultline.capture.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Aggregates;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.capture.source.SourceState;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bson.RawBsonDocument;

/**
 * A MongoDB database as it was right after one commit, held by a session that reads as of one cluster time. The server
 * keeps that state for minutes only ({@code minSnapshotHistoryWindowInSeconds}, by default 300 seconds).
 */
public final class MongoState implements SourceState {
    private static final int FETCH = 1_000;
    private static final int SNAPSHOT_UNAVAILABLE = 246;
    private static final int ATTEMPTS = 20;

    private final MongoClient client;
    private final ClientSession session;
    private final MongoFailures failures;
    private final CollectionFilter filter;
    private final Set<CollectionId> collections;

    private MongoState(SourceConfig.Mongo config, MongoClient client, MongoFailures failures) {
        this.client = client;
        this.failures = failures;
        this.filter = CollectionFilter.of(config);
        this.collections = new MongoCollections(client.getDatabase(config.database()), config.name())
                .list().stream()
                        .map(MongoCollections.Found::id)
                        .filter(filter::accepts)
                        .collect(Collectors.toUnmodifiableSet());
        this.session = client.startSession(
                ClientSessionOptions.builder().snapshot(true).build());
    }

    /**
     * Takes hold of the present state.
     *
     * @throws io.vaultline.error.PipelineException if the database can't be reached or read
     */
    public static MongoState open(SourceConfig.Mongo config) {
        MongoFailures failures = new MongoFailures("source " + config.name() + ", database " + config.database());
        MongoClient client = MongoClients.create(config.uri().reveal());
        try {
            MongoState state = new MongoState(config, client, failures);
            state.fixTime(config.database());
            return state;
        } catch (MongoException e) {
            client.close();
            throw failures.apply(e);
        }
    }

    /**
     * The first read chooses the time; an aggregation does so even if there is no collection. A collection that has just
     * been made can't be read as of a time for a moment.
     */
    private void fixTime(String database) {
        String any = collections.stream().map(CollectionId::name).findAny().orElse("none");
        for (int attempt = 1; ; attempt++) {
            try {
                documents(new CollectionId("", database, any))
                        .aggregate(session, List.of(Aggregates.limit(1), Aggregates.count()))
                        .first();
                return;
            } catch (MongoCommandException e) {
                if (e.getErrorCode() != SNAPSHOT_UNAVAILABLE || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public long commitPosition() {
        return Objects.requireNonNull(session.getSnapshotTimestamp(), "the server gave no snapshot time")
                .getValue();
    }

    @Override
    public Set<CollectionId> collections() {
        return collections;
    }

    @Override
    public long count(CollectionId collection) {
        try {
            return documents(collection).countDocuments(session);
        } catch (MongoException e) {
            throw failures.apply(e);
        }
    }

    @Override
    public void read(CollectionSchema schema, Consumer<Row> rows) {
        DocumentMasks masks = new DocumentMasks(schema.id(), filter.masks().paths(schema.id()));
        DocumentShredder shredder = new DocumentShredder(schema, field -> filter.acceptsColumn(schema.id(), field));
        try (MongoCursor<RawBsonDocument> cursor =
                documents(schema.id()).find(session).batchSize(FETCH).iterator()) {
            while (cursor.hasNext()) {
                rows.accept(shredder.row(masks.of(cursor.next())));
            }
        } catch (MongoException e) {
            throw failures.apply(e);
        }
    }

    private MongoCollection<RawBsonDocument> documents(CollectionId id) {
        return client.getDatabase(id.namespace()).getCollection(id.name(), RawBsonDocument.class);
    }

    @Override
    public void close() {
        session.close();
        client.close();
    }
}
