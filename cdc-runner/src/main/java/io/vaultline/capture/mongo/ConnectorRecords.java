package io.vaultline.capture.mongo;

import io.vaultline.capture.mongo.DocumentChange.Operation;
import io.vaultline.event.CollectionId;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads the connector's records. Documents stand in them as Extended JSON of the first version, which can't tell every
 * value from a document that looks like it.
 */
final class ConnectorRecords {
    private final String source;

    ConnectorRecords(String source) {
        this.source = source;
    }

    /** Whether a record is a change of a document. */
    static boolean isChange(SourceRecord item) {
        return item.valueSchema() != null && item.valueSchema().field("after") != null;
    }

    DocumentChange change(SourceRecord item) {
        Struct value = (Struct) item.value();
        Struct from = value.getStruct("source");
        return new DocumentChange(
                new CollectionId(source, from.getString("db"), from.getString("collection")),
                operation(value.getString("op")),
                RawBsonDocument.parse("{\"_id\": " + ((Struct) item.key()).getString("id") + "}"),
                document(value.getString("before")),
                document(value.getString("after")),
                transaction(item.sourceOffset()));
    }

    private static Operation operation(String code) {
        return switch (code) {
            case "c" -> Operation.INSERT;
            case "u" -> Operation.UPDATE;
            case "d" -> Operation.DELETE;
            default -> throw new IllegalStateException("an operation that the stream does not have");
        };
    }

    private static @Nullable String transaction(Map<String, ?> offset) {
        Object session = offset.get("lsid");
        return session == null
                ? null
                : Transactions.name(
                        BsonDocument.parse(session.toString()),
                        ((Number) Objects.requireNonNull(offset.get("txnNumber"))).longValue());
    }

    private static @Nullable RawBsonDocument document(@Nullable String json) {
        return json == null ? null : RawBsonDocument.parse(json);
    }
}
