package io.vaultline.capture.mongo;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.Arrays;
import java.util.function.Predicate;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of one collection's documents. What fits its column stands there. What the columns can't tell stands in
 * {@code _misfits}, so that the document can be told from its row, to the byte: {@link Misfits}. A field that is absent
 * is null, and not in {@code _misfits}. Not thread-safe: it remembers the newest shape.
 */
final class DocumentShredder {
    private final Predicate<String> captured;
    private CollectionSchema shape;
    private DocumentFields fields;

    /**
     * @param shape what is known of the collection
     * @param captured which fields are captured
     */
    DocumentShredder(CollectionSchema shape, Predicate<String> captured) {
        this.shape = shape;
        this.captured = captured;
        this.fields = new DocumentFields(shape);
    }

    /** The newest shape. */
    CollectionSchema shape() {
        return shape;
    }

    /** The row of a document; the shape is extended by what the document has more. */
    Row row(RawBsonDocument document) {
        Row row = filled(document);
        if (row == null) {
            extend(document);
            row = filled(document);
        }
        if (row == null) {
            throw new IllegalStateException("a document that its own shape does not hold");
        }
        return row;
    }

    /** A row of which the key is known only. The document has at least the {@code _id}. */
    Row keyOnly(RawBsonDocument key) {
        BsonCursor at = id(key);
        Object value = DocumentKeys.value(shape.columns().get(0), at);
        if (value == null) {
            extend(key);
            value = DocumentKeys.value(shape.columns().get(0), at);
        }
        @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
        Arrays.fill(values, Unavailable.VALUE);
        values[0] = value;
        return new Row(shape, values);
    }

    private static BsonCursor id(RawBsonDocument document) {
        BsonCursor at = BsonCursor.of(document);
        while (at.next()) {
            if (at.name().equals(DocumentShape.ID)) {
                return at;
            }
        }
        throw new IllegalArgumentException("a document without _id");
    }

    private void extend(RawBsonDocument document) {
        shape = DocumentShape.with(shape, document, captured);
        fields = new DocumentFields(shape);
    }

    /** Null if the shape lacks something. */
    private @Nullable Row filled(RawBsonDocument document) {
        @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
        Misfits misfits = new Misfits(document, captured);
        BsonCursor at = BsonCursor.of(document);
        int after = 0;
        while (at.next()) {
            DocumentFields.@Nullable Field field = fields.find(at, after);
            if (field != null) {
                after = field.index() + 1;
                misfits.follows(field.index());
                if (!put(values, field, at, misfits)) {
                    return null;
                }
            } else {
                String name = at.name();
                if (shape.columns().size() <= DocumentShape.MOST_COLUMNS && DocumentShape.isField(name, at, captured)) {
                    return null;
                } else if (captured.test(name)) {
                    misfits.addUnknown(at);
                }
            }
        }
        values[values.length - 1] = misfits.text();
        return new Row(shape, values);
    }

    /** Whether the shape holds the value: only a key may not fit. */
    private boolean put(@Nullable Object[] values, DocumentFields.Field field, BsonCursor at, Misfits misfits) {
        if (field.index() == 0) {
            Object key = DocumentKeys.value(shape.columns().get(0), at);
            values[0] = key;
            if (key != null && !DocumentKeys.isExact(shape.columns().get(0), at)) {
                misfits.add(at);
            }
            return key != null;
        }
        boolean told = field.isJson() ? putJson(values, field.index(), at) : putPlain(values, field, at);
        if (!told) {
            misfits.add(at);
        }
        return true;
    }

    private static boolean putPlain(@Nullable Object[] values, DocumentFields.Field field, BsonCursor at) {
        Object fitting = BsonColumns.fit(field.type(), at);
        values[field.index()] = fitting;
        return fitting != null && BsonColumns.isExact(field.own(), at, fitting);
    }

    private static boolean putJson(@Nullable Object[] values, int index, BsonCursor at) {
        if (!BsonColumns.isJson(at)) {
            return false;
        }
        StringBuilder text = new StringBuilder(at.end() - at.start() + 64);
        ExtendedJson json = ExtendedJson.relaxed(text);
        json.value(at);
        values[index] = text.toString();
        return json.isExact();
    }
}
