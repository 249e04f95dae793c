package io.vaultline.vault.value;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column, in the type that the model gives it, out of rows of one shape. A column that the shape lacks is
 * null.
 */
public final class FieldReader {
    private static final int LACKING = -1;

    private final String column;
    private final DataType type;
    private final int index;
    private final Conversion conversion;

    /**
     * @param model names the column and its type
     * @param shape of the rows
     */
    public FieldReader(CollectionSchema model, String column, CollectionSchema shape) {
        this(column, typeOf(model, column), shape);
    }

    /** @param type wanted, whatever type the column has */
    public FieldReader(String column, DataType type, CollectionSchema shape) {
        this.column = column;
        this.type = type;
        this.index = shape.indexOf(column).orElse(LACKING);
        this.conversion = index == LACKING
                ? Conversion.NONE
                : Conversion.between(shape.columns().get(index).type(), type);
    }

    public static FieldReader[] all(CollectionSchema model, List<String> columns, CollectionSchema shape) {
        return columns.stream()
                .map(column -> new FieldReader(model, column, shape))
                .toArray(FieldReader[]::new);
    }

    /** The same fields in the order of their names' UTF-8 bytes. */
    public static FieldReader[] byName(FieldReader[] fields) {
        FieldReader[] sorted = fields.clone();
        Arrays.sort(sorted, Comparator.comparing(FieldReader::utf8Name, Arrays::compareUnsigned));
        return sorted;
    }

    private byte[] utf8Name() {
        return column.getBytes(StandardCharsets.UTF_8);
    }

    public static DataType typeOf(CollectionSchema schema, String column) {
        int index = schema.indexOf(column)
                .orElseThrow(() -> new IllegalArgumentException(schema.id() + " has no column " + column));
        return schema.columns().get(index).type();
    }

    public String column() {
        return column;
    }

    public DataType type() {
        return type;
    }

    /**
     * @return null, {@link Unavailable#VALUE}, or an object of the class that the type names
     * @throws PipelineException {@code VALUE_NOT_SUPPORTED} if the type has no such value
     */
    @Nullable
    public Object read(Row row) {
        Object value = index == LACKING ? null : row.get(index);
        if (value == null || value == Unavailable.VALUE || conversion == Conversion.SAME) {
            return value;
        }
        Object converted = conversion.apply(value);
        if (converted == null) {
            throw new PipelineException(
                    ErrorCode.VALUE_NOT_SUPPORTED,
                    "A value has no counterpart in the type that the vault gives its column, " + type,
                    row.schema().id() + "." + column,
                    "Give the column a type at the source that holds its earlier values too.");
        }
        return converted;
    }
}
