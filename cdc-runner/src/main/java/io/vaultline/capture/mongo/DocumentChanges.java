package io.vaultline.capture.mongo;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Makes changes of the connector's records of one collection. */
final class DocumentChanges {
    private static final long MICROS_PER_MILLI = 1_000;

    private final DocumentShredder shredder;

    DocumentChanges(DocumentShredder shredder) {
        this.shredder = shredder;
    }

    /** The change in a record; the shredder's shape is then the change's. */
    DataChangeEvent of(SourceRecord source, CommitOrder order) {
        Struct value = (Struct) source.value();
        BsonDocument before = document(value.getString("before"));
        BsonDocument after = document(value.getString("after"));
        BsonValue id = BsonTexts.parse(((Struct) source.key()).getString("id"));
        see(before, after, id);
        ChangeHeader header = header(source, order);
        return switch (value.getString("op")) {
            case "c" -> created(header, after, id);
            case "u" -> new RowUpdated(header, row(before), after == null ? shredder.keyOnly(id) : shredder.row(after));
            case "d" -> new RowDeleted(header, before == null ? shredder.keyOnly(id) : shredder.row(before), null);
            default -> throw new IllegalStateException("an operation that the stream does not have");
        };
    }

    private void see(@Nullable BsonDocument before, @Nullable BsonDocument after, BsonValue id) {
        shredder.see(id);
        if (before != null) {
            shredder.see(before);
        }
        if (after != null) {
            shredder.see(after);
        }
    }

    private DataChangeEvent created(ChangeHeader header, @Nullable BsonDocument after, BsonValue id) {
        return new RowCreated(header, after == null ? shredder.keyOnly(id) : shredder.row(after), null);
    }

    private @Nullable Row row(@Nullable BsonDocument document) {
        return document == null ? null : shredder.row(document);
    }

    private ChangeHeader header(SourceRecord source, CommitOrder order) {
        long millis = ((Struct) source.value()).getStruct("source").getInt64("ts_ms");
        return new ChangeHeader(shredder.shape(), order, millis * MICROS_PER_MILLI, transaction(source.sourceOffset()));
    }

    /** The number within its session, for changes that were made in a transaction. */
    private static @Nullable String transaction(Map<String, ?> offset) {
        return offset.get("lsid") == null ? null : offset.get("lsid") + ":" + offset.get("txnNumber");
    }

    private static @Nullable BsonDocument document(@Nullable String json) {
        return json == null ? null : BsonDocument.parse(json);
    }
}
