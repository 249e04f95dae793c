package io.vaultline.vault.oracle;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A database in memory: rows that transactions change, the events that it would send of them, and what truly happened. */
public final class SourceDatabase {
    private static final long START_MICROS = 1_700_000_000_000_000L;

    private static final class Copies {
        private final Row row;
        private int count;

        Copies(Row row) {
            this.row = row;
        }
    }

    private final Map<CollectionId, Map<List<@Nullable Object>, Copies>> tables = new HashMap<>();
    private final List<DataChangeEvent> events = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private long position = 100;
    private long ordinal;
    private long micros = START_MICROS;

    /** What a capture sends, in the order of commits. */
    public List<DataChangeEvent> events() {
        return events;
    }

    /** What happened, in the order of commits. */
    public List<Fact> facts() {
        return facts;
    }

    /** The position of each commit. */
    public List<Long> positions() {
        return positions;
    }

    /** @param clockStep microseconds since the commit before; a clock can stand still or go back */
    public void begin(long clockStep) {
        position += 8;
        positions.add(position);
        ordinal = 0;
        micros += clockStep;
    }

    /** One of the equal rows for each identity that is there. */
    public List<Row> rows(CollectionSchema schema) {
        return table(schema).values().stream().map(copies -> copies.row).toList();
    }

    public void insert(Row row) {
        ChangeHeader header = next(row.schema());
        events.add(new RowCreated(header, row, null));
        add(header, row, null, Set.of(), "created");
    }

    /**
     * Changes what is no part of a row's identity.
     *
     * @param unsaid columns that stay as they are and are not sent
     * @param image whether the event has the row before
     */
    public void update(Row row, Set<String> unsaid, boolean image) {
        ChangeHeader header = next(row.schema());
        Row before = Objects.requireNonNull(table(row.schema()).get(identity(row))).row;
        events.add(new RowUpdated(header, image ? before : null, without(row, unsaid)));
        if (!row.schema().key().isEmpty()) {
            remove(row);
            add(header, row, null, image ? Set.of() : unsaid, null);
        }
    }

    /** Changes a row's identity, and maybe the rest of it. */
    public void move(Row old, Row row, Set<String> unsaid, boolean image) {
        Row sent = without(row, unsaid);
        ChangeHeader end = next(row.schema());
        events.add(new RowDeleted(end, image ? old : old.keyOnly(), sent.keyOnly()));
        end(end, old, "moved");
        ChangeHeader start = next(row.schema());
        events.add(new RowCreated(start, sent, old.keyOnly()));
        add(start, row, identity(old), row.schema().key().isEmpty() ? Set.of() : unsaid, "moved");
    }

    public void delete(Row row, boolean image) {
        ChangeHeader header = next(row.schema());
        events.add(new RowDeleted(header, image ? row : row.keyOnly(), null));
        end(header, row, "deleted");
    }

    public void truncate(CollectionSchema schema) {
        empty(next(schema));
    }

    /** Reads a whole collection again, in a commit of its own: all rows of a key stand at one place. */
    public void readAgain(CollectionSchema schema) {
        Map<List<@Nullable Object>, Copies> rows = new LinkedHashMap<>(table(schema));
        empty(header(schema, 0));
        ordinal = 1;
        rows.values().forEach(copies -> read(copies.row, copies.count));
    }

    private void read(Row row, int copies) {
        for (int i = 0; i < copies; i++) {
            ChangeHeader header = header(row.schema(), row.schema().key().isEmpty() ? ordinal++ : 1);
            events.add(new RowRead(header, row));
            add(header, row, null, Set.of(), "read");
        }
    }

    private void empty(ChangeHeader header) {
        events.add(new CollectionTruncated(header));
        table(header.schema()).clear();
        facts.add(new Fact(
                header.schema(),
                header.order(),
                header.commitMicros(),
                null,
                null,
                0,
                false,
                null,
                Set.of(),
                "truncated"));
    }

    private void add(
            ChangeHeader header,
            Row row,
            @Nullable List<@Nullable Object> movedFrom,
            Set<String> unsaid,
            @Nullable String status) {
        Copies copies = table(row.schema()).computeIfAbsent(identity(row), identity -> new Copies(row));
        copies.count++;
        fact(header, row, copies.count, true, movedFrom, unsaid, status);
    }

    private void end(ChangeHeader header, Row row, String status) {
        fact(header, row, remove(row), false, null, Set.of(), status);
    }

    private void fact(
            ChangeHeader header,
            Row row,
            int copies,
            boolean added,
            @Nullable List<@Nullable Object> movedFrom,
            Set<String> unsaid,
            @Nullable String status) {
        facts.add(new Fact(
                row.schema(),
                header.order(),
                header.commitMicros(),
                identity(row),
                copies == 0 ? null : row,
                copies,
                added,
                movedFrom,
                unsaid,
                status));
    }

    /** @return how many equal rows are left */
    private int remove(Row row) {
        Copies copies = Objects.requireNonNull(table(row.schema()).get(identity(row)));
        copies.count--;
        if (copies.count == 0) {
            table(row.schema()).remove(identity(row));
        }
        return copies.count;
    }

    private Map<List<@Nullable Object>, Copies> table(CollectionSchema schema) {
        return tables.computeIfAbsent(schema.id(), id -> new LinkedHashMap<>());
    }

    private ChangeHeader next(CollectionSchema schema) {
        return header(schema, ++ordinal);
    }

    private ChangeHeader header(CollectionSchema schema, long at) {
        return new ChangeHeader(schema, new CommitOrder(position, at), micros, "tx" + position);
    }

    static List<@Nullable Object> identity(Row row) {
        List<@Nullable Object> identity = new ArrayList<>();
        for (int index : row.schema().keyIndexes()) {
            identity.add(row.get(index));
        }
        return identity;
    }

    /** A row's values in the order of its columns. */
    public static List<@Nullable Object> values(Row row) {
        @Nullable Object[] values = new @Nullable Object[row.schema().columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        return Arrays.asList(values);
    }

    private static Row without(Row row, Set<String> unsaid) {
        @Nullable Object[] sent = values(row).toArray();
        unsaid.forEach(name -> sent[row.schema().indexOf(name).orElseThrow()] = Unavailable.VALUE);
        return new Row(row.schema(), sent);
    }
}
