package io.vaultline.capture.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.ReadPreference;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database's change stream as the server's own answers, whole batches of bytes. It is opened again behind the last
 * event after an election and whatever else the server says can be resumed.
 *
 * <p>An event is at most 16 MB. Where the server can, it sends larger ones in fragments; where it can't (before 6.0.9),
 * that one event comes without the document before.
 */
final class ServerStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStream.class);
    private static final int TOO_LARGE = 10_334;
    private static final int CURSOR_NOT_FOUND = 43;
    private static final int ATTEMPTS = 10;
    private static final int WAIT_MILLIS = 100;
    private static final String RESUMABLE = "ResumableChangeStreamError";

    private final MongoDatabase database;
    private final ClientSession session;
    private final ServerVersion version;
    private final FirstLook look = new FirstLook();
    private BsonDocument token;
    private long cursor;
    private boolean slim;
    private int attempts;

    /** @param token where to go on: behind its event, also if that ended the stream */
    ServerStream(MongoClient client, String database, ServerVersion version, BsonDocument token) {
        this.database = client.getDatabase(database);
        this.session = client.startSession();
        this.version = version;
        this.token = token;
    }

    /**
     * The next answer, whose batch may be empty after a short while without changes; nothing if the server did not look
     * meanwhile.
     */
    Optional<RawBsonDocument> next() {
        while (true) {
            try {
                if (cursor == 0) {
                    open();
                }
                RawBsonDocument answer = more();
                attempts = 0;
                return taken(answer) ? Optional.of(answer) : Optional.empty();
            } catch (MongoException e) {
                recover(e);
            }
        }
    }

    /** The first answer is none: it repeats the token. */
    private void open() {
        BsonDocument command = new BsonDocument("aggregate", new BsonInt32(1))
                .append("pipeline", pipeline())
                .append("cursor", new BsonDocument("batchSize", new BsonInt32(0)))
                .append("readConcern", new BsonDocument("level", new BsonString("majority")));
        cursor = cursorOf(run(command));
        look.open(token);
        LOG.debug("The change stream is open");
    }

    private BsonArray pipeline() {
        BsonDocument changes =
                new BsonDocument("fullDocument", new BsonString("updateLookup")).append("startAfter", token);
        if (version.keepsPreImages() && !slim) {
            changes.append("fullDocumentBeforeChange", new BsonString("whenAvailable"));
        }
        List<BsonValue> stages = new ArrayList<>();
        stages.add(new BsonDocument("$changeStream", changes));
        stages.add(new BsonDocument("$unset", new BsonString("updateDescription")));
        if (version.splitsLargeEvents()) {
            stages.add(new BsonDocument("$changeStreamSplitLargeEvent", new BsonDocument()));
        }
        return new BsonArray(stages);
    }

    private RawBsonDocument more() {
        BsonDocument command = new BsonDocument("getMore", new BsonInt64(cursor))
                .append("collection", new BsonString("$cmd.aggregate"))
                .append("maxTimeMS", new BsonInt32(WAIT_MILLIS));
        if (slim) {
            command.append("batchSize", new BsonInt32(1));
        }
        RawBsonDocument answer = run(command);
        cursor = cursorOf(answer);
        return answer;
    }

    private RawBsonDocument run(BsonDocument command) {
        return database.runCommand(session, command, ReadPreference.primary(), RawBsonDocument.class);
    }

    private static long cursorOf(RawBsonDocument answer) {
        return answer.getDocument("cursor").getNumber("id").longValue();
    }

    /** After a new opening the stream goes on behind what came. Returns whether the answer says anything. */
    private boolean taken(RawBsonDocument answer) {
        BsonDocument batch = answer.getDocument("cursor");
        token = batch.getDocument("postBatchResumeToken");
        if (slim && !batch.getArray("nextBatch").isEmpty()) {
            slim = false;
            leave();
        }
        return look.isSaid(batch);
    }

    private void recover(MongoException failure) {
        boolean tooLarge = failure.getCode() == TOO_LARGE && version.keepsPreImages() && !slim;
        boolean resumable = failure.hasErrorLabel(RESUMABLE)
                || failure instanceof MongoSocketException
                || (failure instanceof MongoCommandException && failure.getCode() == CURSOR_NOT_FOUND);
        attempts++;
        if (!(tooLarge || resumable) || attempts > ATTEMPTS) {
            throw failure;
        }
        slim = tooLarge;
        cursor = 0;
        LOG.info(
                "The change stream is opened again{}: {}",
                tooLarge ? " without documents before, since one is too large" : "",
                failure.getCode());
    }

    /** The answer in hand counts whatever the server says to this. */
    private void leave() {
        long left = cursor;
        cursor = 0;
        try {
            if (left != 0) {
                run(new BsonDocument("killCursors", new BsonString("$cmd.aggregate"))
                        .append("cursors", new BsonArray(List.of(new BsonInt64(left)))));
            }
        } catch (MongoException e) {
            LOG.debug("The stream's cursor is left to the server: {}", Objects.toString(e.getMessage()));
        }
    }

    @Override
    public void close() {
        leave();
        session.close();
    }
}
