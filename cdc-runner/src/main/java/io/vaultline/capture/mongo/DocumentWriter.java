package io.vaultline.capture.mongo;

import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Row;
import java.util.List;
import org.bson.RawBsonDocument;

/** Writes one collection's documents as rows that were read. A new shape is published before its first row. */
final class DocumentWriter {
    private final DocumentShredder shredder;
    private final DocumentMasks masks;
    private final ChangeWriter writer;
    private CollectionSchema published;

    DocumentWriter(DocumentShredder shredder, DocumentMasks masks, ChangeWriter writer) {
        this.shredder = shredder;
        this.masks = masks;
        this.writer = writer;
        this.published = shredder.shape();
        writer.publish(List.of(published));
    }

    /**
     * Ends the rows of before.
     *
     * @param time as of which documents are read
     */
    void end(CommitOrder order, long time) {
        writer.write(new CollectionTruncated(header(order, time)));
    }

    /**
     * Writes documents, all at one place of the order.
     *
     * @param time as of which the documents were read
     */
    @SuppressWarnings("ReferenceEquality") // a shredder hands out one object for each shape
    void write(List<RawBsonDocument> documents, CommitOrder order, long time) {
        for (RawBsonDocument document : documents) {
            Row row = shredder.row(masks.of(document));
            if (row.schema() != published) {
                published = row.schema();
                writer.publish(List.of(published));
            }
            writer.write(new RowRead(header(order, time), row));
        }
    }

    private ChangeHeader header(CommitOrder order, long time) {
        return new ChangeHeader(published, order, ClusterTime.micros(time), null);
    }
}
