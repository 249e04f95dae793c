package io.vaultline.history;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table that is changed like a source changes it: its rows are the truth, its events are what a capture sees. */
final class Shop {
    static final CollectionSchema SCHEMA = new CollectionSchema(
            new CollectionId("pg", "public", "products"),
            CollectionKind.TABLE,
            List.of(
                    new Column("id", DataType.Simple.INT32, "integer", false),
                    new Column("price", DataType.Simple.INT64, "bigint", true),
                    new Column("description", DataType.Simple.TEXT, "text", true)),
            List.of("id"),
            List.of());

    final Map<Integer, Row> rows = new TreeMap<>();
    final List<DataChangeEvent> events = new ArrayList<>();
    private long position;

    static Row row(int id, @Nullable Object price, @Nullable Object description) {
        return new Row(SCHEMA, id, price, description);
    }

    void read(int id, @Nullable Long price, @Nullable String description) {
        Row row = row(id, price, description);
        if (rows.putIfAbsent(id, row) == null) {
            events.add(new RowRead(header(0), row));
        }
    }

    void create(int id, @Nullable Long price, @Nullable String description) {
        Row row = row(id, price, description);
        if (rows.putIfAbsent(id, row) == null) {
            events.add(new RowCreated(header(1), row, null));
        }
    }

    /** Leaves the description as it is, so that the event does not carry it. */
    void reprice(int id, @Nullable Long price) {
        Row old = rows.get(id);
        if (old != null) {
            rows.put(id, row(id, price, old.get(2)));
            events.add(new RowUpdated(header(1), null, row(id, price, Unavailable.VALUE)));
        }
    }

    void describe(int id, @Nullable String description) {
        Row old = rows.get(id);
        if (old != null) {
            Row row = row(id, old.get(1), description);
            rows.put(id, row);
            events.add(new RowUpdated(header(1), null, row));
        }
    }

    /** Changes the key only; the description is not sent again. */
    void move(int id, int to) {
        Row old = rows.get(id);
        if (old != null && !rows.containsKey(to)) {
            rows.remove(id);
            rows.put(to, row(to, old.get(1), old.get(2)));
            Row target = row(to, old.get(1), Unavailable.VALUE);
            events.add(new RowDeleted(header(1), old.keyOnly(), target.keyOnly()));
            position--;
            events.add(new RowCreated(header(2), target, old.keyOnly()));
        }
    }

    void delete(int id) {
        Row old = rows.remove(id);
        if (old != null) {
            events.add(new RowDeleted(header(1), old.keyOnly(), null));
        }
    }

    void truncate() {
        rows.clear();
        events.add(new CollectionTruncated(header(1)));
    }

    long position() {
        return position;
    }

    private ChangeHeader header(long ordinal) {
        position++;
        return new ChangeHeader(SCHEMA, new CommitOrder(position, ordinal), position * 1_000, null);
    }
}
