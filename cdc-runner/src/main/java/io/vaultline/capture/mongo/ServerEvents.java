package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.DocumentChange.Operation;
import io.vaultline.capture.mongo.StreamEvent.Changed;
import io.vaultline.capture.mongo.StreamEvent.Gone;
import io.vaultline.capture.mongo.StreamEvent.Looked;
import io.vaultline.capture.mongo.StreamEvent.Passed;
import io.vaultline.event.CollectionId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Reads the server's answers to a change stream, in their order. Not thread-safe: it collects an event's fragments. */
final class ServerEvents {
    private final String source;
    private final String database;
    private final Map<String, CollectionId> ids = new HashMap<>();
    private Fields fields = new Fields();

    ServerEvents(String source, String database) {
        this.source = source;
        this.database = database;
    }

    /** What is known of the event in hand. */
    private static final class Fields {
        private String operation = "";
        private long time;
        private @Nullable RawBsonDocument token;
        private @Nullable String collection;
        private @Nullable RawBsonDocument renamedTo;
        private @Nullable RawBsonDocument key;
        private @Nullable RawBsonDocument before;
        private @Nullable RawBsonDocument after;
        private @Nullable RawBsonDocument session;
        private long transaction;
        private boolean complete;
    }

    /** Hands on each event of an answer; if it has none, how far the server has looked. */
    void read(RawBsonDocument answer, Consumer<StreamEvent> events) {
        BsonCursor at = BsonCursor.of(answer);
        while (at.next()) {
            if (at.name().equals("cursor")) {
                batch(new BsonCursor(at.bytes(), at.start()), events);
            }
        }
    }

    private void batch(BsonCursor at, Consumer<StreamEvent> events) {
        RawBsonDocument token = null;
        boolean any = false;
        while (at.next()) {
            switch (at.name()) {
                case "nextBatch" -> any = events(new BsonCursor(at.bytes(), at.start()), events);
                case "postBatchResumeToken" -> token = document(at);
                default -> {}
            }
        }
        if (!any && token != null) {
            RawBsonDocument looked = token;
            events.accept(new Looked(ClusterTime.of(looked), () -> looked));
        }
    }

    private boolean events(BsonCursor at, Consumer<StreamEvent> events) {
        boolean any = false;
        while (at.next()) {
            any = true;
            collect(new BsonCursor(at.bytes(), at.start()));
            if (fields.complete) {
                events.accept(event(fields));
                fields = new Fields();
            }
        }
        return any;
    }

    private void collect(BsonCursor at) {
        fields.complete = true;
        while (at.next()) {
            switch (at.name()) {
                case "_id" -> fields.token = document(at);
                case "operationType" -> fields.operation = at.text();
                case "clusterTime" -> fields.time = at.int64();
                case "ns" -> fields.collection = text(new BsonCursor(at.bytes(), at.start()), "coll");
                case "to" -> fields.renamedTo = document(at);
                case "documentKey" -> fields.key = document(at);
                case "fullDocument" -> fields.after = documentOrNull(at);
                case "fullDocumentBeforeChange" -> fields.before = documentOrNull(at);
                case "lsid" -> fields.session = document(at);
                case "txnNumber" -> fields.transaction = at.int64();
                case "splitEvent" -> fields.complete = isLast(new BsonCursor(at.bytes(), at.start()));
                default -> {}
            }
        }
    }

    private static boolean isLast(BsonCursor at) {
        int fragment = 0;
        int of = 0;
        while (at.next()) {
            switch (at.name()) {
                case "fragment" -> fragment = at.int32();
                case "of" -> of = at.int32();
                default -> {}
            }
        }
        return fragment == of;
    }

    private StreamEvent event(Fields found) {
        RawBsonDocument token = Objects.requireNonNull(found.token, "an event without a token");
        return switch (found.operation) {
            case "insert" -> changed(found, Operation.INSERT, token);
            case "update", "replace" -> changed(found, Operation.UPDATE, token);
            case "delete" -> changed(found, Operation.DELETE, token);
            case "drop" -> new Gone(found.time, () -> token, id(found.collection), Optional.empty());
            case "rename" -> new Gone(found.time, () -> token, id(found.collection), renamed(found.renamedTo));
            default -> new Passed(found.time, () -> token);
        };
    }

    private Changed changed(Fields found, Operation operation, RawBsonDocument token) {
        RawBsonDocument key = Objects.requireNonNull(found.key, "a change without its document's key");
        String transaction = found.session == null ? null : Transactions.name(found.session, found.transaction);
        DocumentChange change =
                new DocumentChange(id(found.collection), operation, key, found.before, found.after, transaction);
        return new Changed(found.time, () -> token, change);
    }

    private CollectionId id(@Nullable String collection) {
        return ids.computeIfAbsent(
                Objects.requireNonNull(collection, "an event without a collection"),
                name -> new CollectionId(source, database, name));
    }

    private Optional<CollectionId> renamed(@Nullable RawBsonDocument to) {
        return Optional.ofNullable(to)
                .filter(name -> name.getString("db").getValue().equals(database))
                .map(name -> id(name.getString("coll").getValue()));
    }

    private static @Nullable String text(BsonCursor at, String name) {
        while (at.next()) {
            if (at.name().equals(name)) {
                return at.text();
            }
        }
        return null;
    }

    private static RawBsonDocument document(BsonCursor at) {
        return new RawBsonDocument(at.bytes(), at.start(), at.end() - at.start());
    }

    private static @Nullable RawBsonDocument documentOrNull(BsonCursor at) {
        return at.type() == BsonType.DOCUMENT ? document(at) : null;
    }
}
