package io.vaultline.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the ids that a path names in rows of one shape: in the column that the path starts with, or among the misfits
 * where the document's field did not fit that column. What can't be a key of the target is no id.
 */
final class DocumentIds {
    private static final int LACKING = -1;

    private final DocumentPath path;
    private final int column;
    private final int misfits;
    private final DataType columnType;
    private final Conversion fromColumn;
    private final Map<Simple, Conversion> fromJson;

    /** @param keyType type of the target's key */
    DocumentIds(DocumentPath path, DataType keyType, CollectionSchema shape) {
        this.path = path;
        this.column = shape.indexOf(path.column()).orElse(LACKING);
        this.misfits = shape.indexOf(CollectionSchema.MISFITS).orElse(LACKING);
        this.columnType =
                column == LACKING ? Simple.JSON : shape.columns().get(column).type();
        this.fromColumn = path.isColumn() ? Conversion.between(columnType, keyType) : Conversion.NONE;
        this.fromJson = new EnumMap<>(Simple.class);
        for (Simple type : DocumentPath.SCALAR_TYPES) {
            fromJson.put(type, Conversion.between(type, keyType));
        }
    }

    /**
     * @return each id once, in the document's order; empty if the row does not say
     * @throws PipelineException {@code RECORD_UNREADABLE} if a JSON column holds no JSON
     */
    Optional<Set<Object>> find(Row row) {
        Object value = column == LACKING ? null : row.get(column);
        Object rest = value != null || misfits == LACKING ? null : row.get(misfits);
        if (value == Unavailable.VALUE || rest == Unavailable.VALUE) {
            return Optional.empty();
        }
        Set<Object> ids = new LinkedHashSet<>();
        try {
            if (rest != null) {
                path.inDocument((String) rest, (type, scalar) -> convert(fromJson(type), scalar, ids));
            } else if (value != null && columnType == Simple.JSON) {
                path.inColumn((String) value, (type, scalar) -> convert(fromJson(type), scalar, ids));
            } else if (value != null) {
                convert(fromColumn, value, ids);
            }
        } catch (IOException e) {
            throw unreadable(row, e);
        }
        return Optional.of(ids);
    }

    private Conversion fromJson(Simple type) {
        return fromJson.getOrDefault(type, Conversion.NONE);
    }

    private static void convert(Conversion conversion, Object value, Set<Object> ids) {
        Object id = conversion.apply(value);
        if (id != null) {
            ids.add(id);
        }
    }

    /** Without the parser's own message: that would quote the row. */
    private PipelineException unreadable(Row row, IOException e) {
        String place = e instanceof JsonProcessingException syntax
                ? ", at character " + syntax.getLocation().getCharOffset()
                : "";
        return new PipelineException(
                ErrorCode.RECORD_UNREADABLE,
                "A value is not the JSON that its column promises" + place,
                row.schema().id() + "." + path.column(),
                "Look the row up at the source and correct it there.");
    }
}
