package io.vaultline.vault.value;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.value.JsonValue.Nothing;
import io.vaultline.vault.value.JsonValue.Scalar;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands at a path of field names in rows of one shape: in the column that the path starts with, or among the
 * misfits where the document's field did not fit that column.
 */
public final class DocumentField {
    private static final int LACKING = -1;

    private final String name;
    private final List<String> inner;
    private final int depth;
    private final int column;
    private final int misfits;
    private final DataType columnType;

    /**
     * @param path names of fields, the first that of a column
     * @param depth how many objects and arrays in each other are looked into behind the path
     */
    public DocumentField(List<String> path, int depth, CollectionSchema shape) {
        this.name = path.get(0);
        this.inner = path.subList(1, path.size());
        this.depth = depth + inner.size();
        this.column = shape.indexOf(name).orElse(LACKING);
        this.misfits = shape.indexOf(CollectionSchema.MISFITS).orElse(LACKING);
        this.columnType =
                column == LACKING ? Simple.JSON : shape.columns().get(column).type();
    }

    /** @throws PipelineException {@code RECORD_UNREADABLE} if a JSON column holds no JSON */
    public JsonValue read(Row row) {
        Object value = column == LACKING ? null : row.get(column);
        if (value == null) {
            return misfit(row).at(inner);
        }
        if (value == Unavailable.VALUE) {
            return Nothing.UNAVAILABLE;
        }
        JsonValue found = columnType == Simple.JSON
                ? parsed((String) value, depth, row)
                : new Scalar(columnType, value, rawText(value));
        return found.at(inner);
    }

    /** The document's field as it stands among the misfits. */
    JsonValue misfit(Row row) {
        Object rest = misfits == LACKING ? null : row.get(misfits);
        if (rest == null) {
            return Nothing.NULL;
        }
        if (rest == Unavailable.VALUE) {
            return Nothing.UNAVAILABLE;
        }
        // misfits have one more $ before a name that begins with it
        return parsed((String) rest, depth + 1, row).field(name.startsWith("$") ? "$" + name : name);
    }

    private JsonValue parsed(String json, int levels, Row row) {
        try {
            return JsonReader.read(json, levels);
        } catch (IOException e) {
            throw unreadable(row, name, e);
        }
    }

    /** As text, whatever the column's type; bytes are none of JSON's. */
    private static String rawText(@Nullable Object value) {
        return value instanceof byte[] bytes ? "(" + bytes.length + " bytes)" : String.valueOf(value);
    }

    /** The error of a text that is no JSON, without the parser's own message: that would quote the row. */
    public static PipelineException unreadable(Row row, String column, IOException e) {
        String place = e instanceof JsonProcessingException syntax
                ? ", at character " + syntax.getLocation().getCharOffset()
                : "";
        return new PipelineException(
                ErrorCode.RECORD_UNREADABLE,
                "A value is not the JSON that its column promises" + place,
                row.schema().id() + "." + column,
                "Look the row up at the source and correct it there.");
    }
}
