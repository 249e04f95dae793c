package io.vaultline.capture.mongo;

import io.vaultline.event.CollectionId;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BsonDocument;

/** What a change stream brings, whoever reads it. */
sealed interface StreamEvent {
    /** The cluster time, 64 bits. */
    long time();

    /** Where the stream goes on behind this event. Asked rarely, since it may have to be made. */
    Supplier<BsonDocument> token();

    /** A document changed. */
    record Changed(long time, Supplier<BsonDocument> token, DocumentChange change) implements StreamEvent {}

    /**
     * A collection is not any more what it was.
     *
     * @param renamedTo its new name within the database; nothing if it was dropped or left the database
     */
    record Gone(long time, Supplier<BsonDocument> token, CollectionId collection, Optional<CollectionId> renamedTo)
            implements StreamEvent {}

    /** Something of no interest. */
    record Passed(long time, Supplier<BsonDocument> token) implements StreamEvent {}

    /** The server had nothing more at that moment, and had looked so far. */
    record Looked(long time, Supplier<BsonDocument> token) implements StreamEvent {}
}
