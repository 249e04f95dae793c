package io.vaultline.infer;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that a few changes of one collection leave: each once, as it was last. */
public final class RowSample {
    private final Map<List<@Nullable Object>, Row> rows = new LinkedHashMap<>();

    /** Takes the next change of the collection. */
    public void add(DataChangeEvent event) {
        if (event instanceof RowRead read) {
            put(read.after());
        } else if (event instanceof RowCreated created) {
            put(created.after());
        } else if (event instanceof RowUpdated updated) {
            put(updated.after());
        } else if (event instanceof RowDeleted deleted) {
            rows.remove(key(deleted.before()));
        } else if (event instanceof CollectionTruncated) {
            rows.clear();
        }
    }

    public Collection<Row> rows() {
        return Collections.unmodifiableCollection(rows.values());
    }

    private void put(Row row) {
        rows.put(key(row), row);
    }

    private static List<@Nullable Object> key(Row row) {
        List<@Nullable Object> key = new ArrayList<>();
        for (int index : row.schema().keyIndexes()) {
            key.add(row.get(index));
        }
        return key;
    }
}
