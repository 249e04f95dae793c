package io.vaultline.capture.mongo;

import io.vaultline.event.CollectionId;
import java.util.Objects;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What a change stream says of one document.
 *
 * @param key a document with the {@code _id}
 * @param before the document before, where the collection keeps it; else null
 * @param after the document as the server found it when it was asked; null after a delete, and if it was gone by then
 * @param transaction names the transaction that the change was made in; null outside of transactions
 */
record DocumentChange(
        CollectionId collection,
        Operation operation,
        RawBsonDocument key,
        @Nullable RawBsonDocument before,
        @Nullable RawBsonDocument after,
        @Nullable String transaction) {
    DocumentChange {
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(key, "key");
    }

    /** What happened to the document. */
    enum Operation {
        INSERT,
        UPDATE,
        DELETE
    }
}
