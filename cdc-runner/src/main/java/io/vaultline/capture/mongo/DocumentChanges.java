package io.vaultline.capture.mongo;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Makes events of the changes of one collection's documents. */
final class DocumentChanges {
    private final DocumentShredder shredder;
    private final DocumentMasks masks;

    DocumentChanges(DocumentShredder shredder, DocumentMasks masks) {
        this.shredder = shredder;
        this.masks = masks;
    }

    /** The newest shape. */
    CollectionSchema shape() {
        return shredder.shape();
    }

    /** The event of a change; the shredder's shape is then the event's. */
    @SuppressWarnings("ReferenceEquality") // a shredder hands out one object for each shape
    DataChangeEvent of(DocumentChange change, CommitOrder order) {
        RawBsonDocument past = masked(change.before());
        Row before = past == null ? null : shredder.row(past);
        Row now = row(masked(change.after()), change.key());
        if (past != null && before != null && before.schema() != now.schema()) {
            before = shredder.row(past);
        }
        ChangeHeader header = new ChangeHeader(
                shredder.shape(), order, ClusterTime.micros(order.commitPosition()), change.transaction());
        return switch (change.operation()) {
            case INSERT -> new RowCreated(header, now, null);
            case UPDATE -> new RowUpdated(header, before, now);
            case DELETE -> new RowDeleted(header, before == null ? now : before, null);
        };
    }

    private Row row(@Nullable RawBsonDocument document, RawBsonDocument key) {
        return document == null ? shredder.keyOnly(masks.of(key)) : shredder.row(document);
    }

    private @Nullable RawBsonDocument masked(@Nullable RawBsonDocument document) {
        return document == null ? null : masks.of(document);
    }
}
