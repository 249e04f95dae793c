package io.vaultline.capture.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import io.vaultline.capture.engine.EngineRun;
import io.vaultline.capture.output.CaptureOutput;
import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.LetterDesk;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.output.StreamPosition;
import io.vaultline.capture.resnapshot.OpenRequests;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.capture.source.LogProbe;
import io.vaultline.capture.source.SourceCapture;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CommitOrder;
import io.vaultline.service.SnapshotProgress;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures one MongoDB database: the stream's start is made durable first, then each collection is read as of a cluster
 * time after it, then the stream follows. What the stream brings of a collection up to its time is dropped.
 */
public final class MongoCapture implements SourceCapture {
    private static final Logger LOG = LoggerFactory.getLogger(MongoCapture.class);
    private static final int ELECTION_SECONDS = 20;

    private final SourceConfig.Mongo config;
    private final ConnectionString uri;
    private final MongoFailures failures;
    private final CollectionFilter filter;
    private final SnapshotProgress progress;
    private volatile Runnable ending = () -> {};
    private volatile LongSupplier place = () -> 0;
    private volatile boolean closed;

    /** @param progress told how far the snapshots are */
    public MongoCapture(SourceConfig.Mongo config, SnapshotProgress progress) {
        this.config = config;
        this.progress = progress;
        this.uri = parse(config);
        this.failures = new MongoFailures(where(config, uri));
        this.filter = CollectionFilter.of(config);
    }

    /** The source and its hosts, for messages. */
    static String where(SourceConfig.Mongo config, ConnectionString uri) {
        return "source " + config.name() + " at " + String.join(",", uri.getHosts()) + "/" + config.database();
    }

    static ConnectionString parse(SourceConfig.Mongo config) {
        try {
            return new ConnectionString(config.uri().reveal());
        } catch (IllegalArgumentException e) {
            throw new PipelineException(
                    ErrorCode.CONFIG_INVALID,
                    "This is no connection string of MongoDB",
                    "sources." + config.name() + ".uri",
                    "Write it as mongodb://user:password@host:port/?replicaSet=name.");
        }
    }

    @Override
    public void check() {
        new MongoPreflight(config).requireCapturable();
    }

    private MongoClient connect() {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(uri)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(ELECTION_SECONDS, TimeUnit.SECONDS))
                .applicationName("vaultline capture " + config.name())
                .build());
    }

    @Override
    public void run(CaptureOutput output, CaptureState state, ChangeWriter writer, Runnable streaming) {
        try (MongoClient client = connect();
                LetterDesk letters = output.letterDesk(writer)) {
            MongoDatabase database = client.getDatabase(config.database());
            CollectionMarks marks = new CollectionMarks(state);
            Shredders shredders = new Shredders(filter, output.readShapes());
            MongoSnapshot snapshot = new MongoSnapshot(client, writer, shredders, progress, () -> closed);
            MongoCollections existing = new MongoCollections(database, config.name());
            KnownCollections collections =
                    new KnownCollections(existing, filter, marks, snapshot, shredders, writer, letters, isNative());
            warnOfMasks(existing, snapshot);
            StreamPosition start = startOf(database, state, collections, writer);
            long before = ClusterTime.of(start.offset());
            place = () -> before;
            collections.prepare(() -> closed);
            OpenRequests requests = new OpenRequests(output.requests(), writer::commitAnswer);
            try (Resnapshots again = new Resnapshots(requests, existing, marks, snapshot, writer)) {
                MongoStream stream = new MongoStream(writer, marks, collections, again, start);
                place = stream::place;
                if (isNative()) {
                    readServer(client, start, stream, streaming);
                } else {
                    runConnector(client, start, stream, streaming);
                }
            }
        } catch (MongoException e) {
            throw failures.apply(e);
        }
    }

    /** A field that no document of the samples has may come later, so this is no error. */
    private void warnOfMasks(MongoCollections collections, MongoSnapshot snapshot) {
        if (filter.masks().any()) {
            Set<String> names = new TreeSet<>();
            collections.list().stream()
                    .map(MongoCollections.Found::id)
                    .filter(filter::accepts)
                    .forEach(id -> FieldNames.add(names, id, snapshot.sample(id)));
            filter.masks().unmatched(names).forEach(mask -> LOG.warn("{}: {}", config.name(), mask.text()));
        }
    }

    private boolean isNative() {
        return config.engine() == SourceConfig.Engine.NATIVE;
    }

    private void readServer(MongoClient client, StreamPosition start, MongoStream stream, Runnable streaming) {
        ServerStream server = new ServerStream(
                client, config.database(), ServerVersion.of(client), ClusterTime.token(start.offset()));
        try (ServerStreamRun run =
                new ServerStreamRun(server, new ServerEvents(config.name(), config.database()), stream)) {
            ending = run::close;
            if (!closed) {
                run.run(streaming);
            }
        }
    }

    private void runConnector(MongoClient client, StreamPosition start, MongoStream stream, Runnable streaming) {
        boolean preImages = ServerVersion.of(client).keepsPreImages();
        EngineRun run = new EngineRun(
                ConnectorSettings.of(config, preImages),
                start.offset(),
                new ConnectorStream(config.name(), stream),
                failures,
                streaming);
        ending = run::close;
        if (!closed) {
            run.run();
        }
    }

    /**
     * Where the stream starts. It is durable before any snapshot is taken, together with the names of the collections that
     * need one, so that a kill leaves no gap.
     */
    private static StreamPosition startOf(
            MongoDatabase database, CaptureState state, KnownCollections collections, ChangeWriter writer) {
        if (state.position().isPresent()) {
            StreamPosition position = state.position().get();
            resumable(database, ClusterTime.token(position.offset()));
            return position;
        }
        BsonDocument token = firstToken(database);
        StreamPosition start = new StreamPosition(
                new CommitOrder(ClusterTime.of(ClusterTime.offset(token)), 0), ClusterTime.offset(token));
        collections.begin();
        writer.commitPart(start);
        return start;
    }

    @Override
    public LogProbe probe() {
        return new OplogProbe(config, connect(), failures, () -> place.getAsLong());
    }

    @Override
    public void recapture(CaptureState state, ChangeWriter writer) {
        try (MongoClient client = connect()) {
            MongoDatabase database = client.getDatabase(config.database());
            BsonDocument token = firstToken(database);
            CollectionMarks marks = new CollectionMarks(state);
            new MongoCollections(database, config.name())
                    .list().stream()
                            .filter(found -> !marks.isCaptured(found.id()))
                            .map(MongoCapture::unread)
                            .forEach(writer::mark);
            state.snapshots().values().stream()
                    .filter(SnapshotMark::begun)
                    .map(SnapshotMark::givenUp)
                    .forEach(writer::mark);
            writer.commitPart(new StreamPosition(
                    new CommitOrder(ClusterTime.of(ClusterTime.offset(token)), 0), ClusterTime.offset(token)));
        } catch (MongoException e) {
            throw failures.apply(e);
        }
    }

    /** That a collection exists and is to be read. */
    private static SnapshotMark unread(MongoCollections.Found found) {
        return new SnapshotMark(found.id(), SnapshotMark.NOT_CAPTURED, found.identity());
    }

    /** A token of now: nothing that is committed later comes before it. */
    private static BsonDocument firstToken(MongoDatabase database) {
        try (MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> cursor =
                database.watch(BsonDocument.class).cursor()) {
            cursor.tryNext();
            return Objects.requireNonNull(cursor.getResumeToken(), "the server gave no resume token");
        }
    }

    /** @throws MongoException if the server has no longer what follows a token */
    static void resumable(MongoDatabase database, BsonDocument token) {
        ChangeStreamIterable<BsonDocument> stream =
                database.watch(BsonDocument.class).startAfter(token);
        try (MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> cursor = stream.cursor()) {
            cursor.available();
        }
    }

    @Override
    public void close() {
        closed = true;
        ending.run();
    }
}
