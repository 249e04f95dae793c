package io.vaultline.capture.mongo;

import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Writes BSON as extended JSON, the same for snapshot and stream. */
final class BsonTexts {
    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();
    private static final JsonWriterSettings EXACT =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
    private static final String PREFIX = "{\"v\": ";

    private BsonTexts() {}

    /** A value as people read it: numbers and texts plain, other types named. */
    static String relaxed(BsonValue value) {
        if (value.isDocument()) {
            return value.asDocument().toJson(RELAXED);
        }
        String wrapped = new BsonDocument("v", value).toJson(RELAXED);
        return wrapped.substring(PREFIX.length(), wrapped.length() - 1);
    }

    /** A document from which each value's type can be told. */
    static String exact(BsonDocument document) {
        return document.toJson(EXACT);
    }

    /** The {@code _id} of a document, which every stored document has. */
    static BsonValue id(BsonDocument document) {
        return Objects.requireNonNull(document.get("_id"), "a document without _id");
    }

    /** Reads a single value that was written as extended JSON. */
    static BsonValue parse(String json) {
        return Objects.requireNonNull(BsonDocument.parse(PREFIX + json + "}").get("v"));
    }
}
