package io.vaultline.capture.mongo;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of one collection's documents. What fits its column stands there; what doesn't, and every null that the
 * document holds, stands in {@code _misfits}, so that the document can be told from its row. A field that is absent is
 * null, and not in {@code _misfits}. Not thread-safe: it remembers the newest shape.
 */
final class DocumentShredder {
    private final Predicate<String> captured;
    private CollectionSchema shape;

    /**
     * @param shape what is known of the collection
     * @param captured which fields are captured
     */
    DocumentShredder(CollectionSchema shape, Predicate<String> captured) {
        this.shape = shape;
        this.captured = captured;
    }

    /** The newest shape. */
    CollectionSchema shape() {
        return shape;
    }

    /** Extends the shape by what a document has more. */
    void see(BsonDocument document) {
        shape = DocumentShape.with(shape, document, captured);
        see(BsonTexts.id(document));
    }

    /** Extends the shape by what an {@code _id} needs. */
    void see(BsonValue id) {
        if (shape.columns().get(0).type() == Simple.INT64 && wholeNumber(id).isEmpty()) {
            shape = DocumentShape.withTextKey(shape);
        }
    }

    /** The row of a document that was seen. */
    Row row(BsonDocument document) {
        @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
        BsonDocument misfits = new BsonDocument();
        document.forEach((name, value) -> {
            if (name.equals(DocumentShape.ID)) {
                values[0] = key(value);
            } else if (captured.test(name) && !put(values, name, value)) {
                misfits.append(name, value);
            }
        });
        values[values.length - 1] = misfits.isEmpty() ? null : BsonTexts.exact(misfits);
        return new Row(shape, values);
    }

    /** A row of which the key is known only. */
    Row keyOnly(BsonValue id) {
        @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
        Arrays.fill(values, Unavailable.VALUE);
        values[0] = key(id);
        return new Row(shape, values);
    }

    private boolean put(@Nullable Object[] values, String name, BsonValue value) {
        OptionalInt index = shape.indexOf(name);
        if (value.isNull() || index.isEmpty() || name.equals(CollectionSchema.MISFITS)) {
            return false;
        }
        Optional<Object> fitting =
                BsonColumns.fit(shape.columns().get(index.getAsInt()).type(), value);
        fitting.ifPresent(present -> values[index.getAsInt()] = present);
        return fitting.isPresent();
    }

    private Object key(BsonValue id) {
        if (shape.columns().get(0).type() == Simple.INT64) {
            return wholeNumber(id).orElseThrow(() -> new IllegalStateException("an _id that was not seen"));
        } else if (id.isObjectId()) {
            return id.asObjectId().getValue().toHexString();
        }
        return id.isString() ? id.asString().getValue() : BsonTexts.relaxed(id);
    }

    private static Optional<Object> wholeNumber(BsonValue id) {
        return id.isInt32() || id.isInt64() ? Optional.of(id.asNumber().longValue()) : Optional.empty();
    }
}
