package io.vaultline.clickhouse.load;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.letter.ColumnText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change with values that people put in the place of those that it came with. */
final class FixedChange {
    private FixedChange() {}

    /**
     * The change with other values, in the row that it brings and in the one that it found.
     *
     * @param values texts by column; an empty one is null
     * @throws PipelineException {@code VALUE_NOT_SUPPORTED} with what is wrong with the values
     */
    static DataChangeEvent of(DataChangeEvent event, Map<String, Optional<String>> values) {
        Map<Integer, Optional<Object>> parsed = new HashMap<>();
        values.forEach((column, text) -> parsed.put(index(event.schema(), column), value(event, column, text)));
        if (event instanceof RowRead read) {
            return new RowRead(read.header(), with(read.after(), parsed));
        } else if (event instanceof RowCreated created) {
            return new RowCreated(created.header(), with(created.after(), parsed), created.movedFrom());
        } else if (event instanceof RowUpdated updated) {
            Row before = updated.before();
            return new RowUpdated(
                    updated.header(), before == null ? null : with(before, parsed), with(updated.after(), parsed));
        } else if (event instanceof RowDeleted deleted) {
            return new RowDeleted(deleted.header(), with(deleted.before(), parsed), deleted.movedTo());
        }
        return event;
    }

    private static int index(CollectionSchema schema, String column) {
        if (schema.key().contains(column)) {
            throw wrong(schema, "Column " + column + " says which row it is, and can't be replaced");
        }
        return schema.indexOf(column).orElseThrow(() -> wrong(schema, "The change has no column " + column));
    }

    private static Optional<Object> value(DataChangeEvent event, String column, Optional<String> text) {
        CollectionSchema schema = event.schema();
        var type = schema.columns().get(index(schema, column)).type();
        return text.map(given -> ColumnText.parse(type, given)
                .orElseThrow(() -> wrong(schema, "The value for column " + column + " is none of type " + type)));
    }

    private static Row with(Row row, Map<Integer, Optional<Object>> values) {
        @Nullable Object[] all = new @Nullable Object[row.schema().columns().size()];
        for (int i = 0; i < all.length; i++) {
            Optional<Object> value = values.get(i);
            all[i] = value == null || row.isUnavailable(i) ? row.get(i) : value.orElse(null);
        }
        return new Row(row.schema(), all);
    }

    private static PipelineException wrong(CollectionSchema schema, String what) {
        return new PipelineException(
                ErrorCode.VALUE_NOT_SUPPORTED,
                what,
                "collection " + schema.id(),
                "'dlq show' names the columns and their types.");
    }
}
