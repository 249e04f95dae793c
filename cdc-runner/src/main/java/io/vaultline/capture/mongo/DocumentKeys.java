package io.vaultline.capture.mongo;

import io.vaultline.event.Column;
import io.vaultline.event.DataType.Simple;
import java.util.regex.Pattern;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code _id} is in its column. Two ids that the server tells apart have two values.
 *
 * <p>A column of whole numbers holds nothing else. In a column of texts, ids of the type that the collection's first one
 * had stand plainly: strings as they are, object ids as 24 digits, whole numbers as digits. Every other value is written
 * as Extended JSON, which begins with a brace; so is a string that could be taken for something else.
 */
final class DocumentKeys {
    /** Follows the first type's name in the source type of a column that has got ids of another type. */
    static final String MIXED = ", mixed";

    /** The source type as long as no document was seen. */
    private static final String NONE = "none";

    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{24}");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

    private DocumentKeys() {}

    /** The column of a collection without documents: it takes every {@code _id}. */
    static Column columnOfNone() {
        return new Column(DocumentShape.ID, Simple.TEXT, NONE, false);
    }

    /** The column of a collection whose first {@code _id} is the cursor's. */
    static Column column(BsonCursor at) {
        Simple type = isWhole(at) ? Simple.INT64 : Simple.TEXT;
        return new Column(DocumentShape.ID, type, BsonColumns.typeName(at), false);
    }

    /** The column for all that a column has and the cursor's {@code _id}; the same object if it has it already. */
    static Column with(Column column, BsonCursor at) {
        if (column.sourceType().equals(NONE)) {
            return new Column(DocumentShape.ID, Simple.TEXT, BsonColumns.typeName(at), false);
        } else if (column.type() != Simple.INT64 || isWhole(at)) {
            return column;
        }
        return new Column(DocumentShape.ID, Simple.TEXT, column.sourceType() + MIXED, false);
    }

    /** The value of an {@code _id} in its column; null if the column must be changed first, see {@link #with}. */
    static @Nullable Object value(Column column, BsonCursor at) {
        if (column.sourceType().equals(NONE)) {
            return null;
        } else if (column.type() == Simple.INT64) {
            return isWhole(at) ? (Object) number(at) : null;
        }
        return switch (at.type()) {
            case STRING -> text(column, at);
            case OBJECT_ID -> isOf(column, BsonType.STRING) ? json(at) : ExtendedJson.hex(at, at.start());
            case INT32, INT64 ->
                isOfWholeNumbers(column) ? Long.toString(number(at)) : "{\"$numberLong\": \"" + number(at) + "\"}";
            default -> json(at);
        };
    }

    /** Whether the {@code _id} can be told from its column's value. */
    static boolean isExact(Column column, BsonCursor at) {
        return switch (at.type()) {
            case OBJECT_ID -> true;
            case INT32, INT64 -> isOf(column, at.type());
            case STRING -> {
                String text = at.text();
                yield !at.isBroken(text, at.start() + Integer.BYTES, at.int32() - 1);
            }
            default -> {
                ExtendedJson json = ExtendedJson.relaxed(new StringBuilder());
                json.value(at);
                yield json.isExact();
            }
        };
    }

    private static String text(Column column, BsonCursor at) {
        String text = at.text();
        boolean taken = text.startsWith("{")
                || (isOfWholeNumbers(column) && WHOLE.matcher(text).matches())
                || (!isOf(column, BsonType.STRING) && OBJECT_ID.matcher(text).matches());
        if (!taken) {
            return text;
        }
        StringBuilder json = new StringBuilder("{\"$string\": ");
        ExtendedJson.quoted(json, text);
        return json.append('}').toString();
    }

    private static String json(BsonCursor at) {
        StringBuilder json = new StringBuilder();
        ExtendedJson writer = at.type() == BsonType.DOUBLE ? ExtendedJson.canonical(json) : ExtendedJson.relaxed(json);
        if (at.type() == BsonType.BOOLEAN || at.type() == BsonType.NULL) {
            json.append(at.type() == BsonType.NULL ? "{\"$null\": " : "{\"$boolean\": ");
            writer.value(at);
            return json.append('}').toString();
        }
        writer.value(at);
        return json.toString();
    }

    private static boolean isOf(Column column, BsonType type) {
        String own = BsonColumns.name(type);
        return column.sourceType().equals(own) || column.sourceType().equals(own + MIXED);
    }

    private static boolean isOfWholeNumbers(Column column) {
        return isOf(column, BsonType.INT32) || isOf(column, BsonType.INT64);
    }

    private static boolean isWhole(BsonCursor at) {
        return at.type() == BsonType.INT32 || at.type() == BsonType.INT64;
    }

    private static long number(BsonCursor at) {
        return at.type() == BsonType.INT32 ? at.int32() : at.int64();
    }
}
