package io.vaultline.iceberg.table;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
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
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Reads rows of a history table as changes of a wanted shape: the inverse of {@link RowLayout}. */
public final class ReadLayout {
    /** Where a column's value may stand: in its own field or in a side column; at most one of them is not null. */
    private record Place(Column column, int from, List<Type> types) {}

    private final CollectionSchema wanted;
    private final List<NestedField> fields = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final Map<CdcColumns, Integer> cdc = new EnumMap<>(CdcColumns.class);

    /**
     * @param table the table's schema
     * @param wanted the shape of the rows to hand out; a column that the table has never had is null
     * @param withBefore whether before-images are read
     */
    public ReadLayout(Schema table, CollectionSchema wanted, boolean withBefore) {
        this.wanted = wanted;
        Set<String> names = table.columns().stream().map(NestedField::name).collect(Collectors.toSet());
        for (Column column : wanted.columns()) {
            String name = ColumnNames.of(column.name(), names);
            List<NestedField> found = table.columns().stream()
                    .filter(field -> field.name().equals(name) || isSide(name, field))
                    .toList();
            places.add(new Place(
                    column, fields.size(), found.stream().map(NestedField::type).toList()));
            fields.addAll(found);
        }
        for (CdcColumns column : CdcColumns.values()) {
            if (withBefore || column != CdcColumns.BEFORE) {
                cdc.put(column, fields.size());
                fields.add(table.findField(column.column()));
            }
        }
    }

    /** Reads nothing but the pipeline's own columns. */
    public static ReadLayout headers(Schema table, CollectionSchema collection) {
        CollectionSchema bare =
                new CollectionSchema(collection.id(), collection.kind(), List.of(), List.of(), List.of());
        return new ReadLayout(table, bare, false);
    }

    /** What has to be read of the table, in the order in which {@link #change} takes it. */
    public Schema projection() {
        return new Schema(fields);
    }

    /** The place of a row's change in the commit order. */
    public CommitOrder order(StructLike row) {
        return new CommitOrder(number(row, CdcColumns.POSITION), number(row, CdcColumns.ORDINAL));
    }

    /** When the change was committed at the source, microseconds since the epoch. */
    public long commitMicros(StructLike row) {
        return number(row, CdcColumns.COMMIT_TS);
    }

    /** What happened. */
    public Operation operation(StructLike row) {
        return Operation.parse(Objects.requireNonNull(text(row, CdcColumns.OPERATION)));
    }

    /** A row of the projection as a change. */
    public DataChangeEvent change(StructLike row) {
        ChangeHeader header =
                new ChangeHeader(wanted, order(row), commitMicros(row), text(row, CdcColumns.TRANSACTION));
        return switch (operation(row)) {
            case READ -> new RowRead(header, data(row));
            case CREATE -> new RowCreated(header, data(row), other(row, CdcColumns.MOVED_KEY));
            case UPDATE -> new RowUpdated(header, other(row, CdcColumns.BEFORE), data(row));
            case DELETE -> new RowDeleted(header, data(row), other(row, CdcColumns.MOVED_KEY));
            case TRUNCATE -> new CollectionTruncated(header);
        };
    }

    private Row data(StructLike row) {
        @Nullable Object[] values = new @Nullable Object[places.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, places.get(i));
        }
        Collection<?> unavailable = cdc(row, CdcColumns.UNAVAILABLE, Collection.class);
        if (unavailable != null) {
            for (Object name : unavailable) {
                wanted.indexOf(name.toString()).ifPresent(i -> values[i] = Unavailable.VALUE);
            }
        }
        return new Row(wanted, values);
    }

    private static @Nullable Object value(StructLike row, Place place) {
        for (int i = 0; i < place.types.size(); i++) {
            Object value = row.get(place.from + i, Object.class);
            if (value != null) {
                return IcebergTypes.fromIceberg(value, place.types.get(i), place.column.type())
                        .orElse(Unavailable.VALUE);
            }
        }
        return null;
    }

    private @Nullable Row other(StructLike row, CdcColumns column) {
        String json = text(row, column);
        return json == null ? null : RowJson.read(wanted, json);
    }

    private @Nullable String text(StructLike row, CdcColumns column) {
        CharSequence text = cdc(row, column, CharSequence.class);
        return text == null ? null : text.toString();
    }

    private long number(StructLike row, CdcColumns column) {
        return Objects.requireNonNull(cdc(row, column, Long.class));
    }

    private <T> @Nullable T cdc(StructLike row, CdcColumns column, Class<T> type) {
        Integer position = cdc.get(column);
        return position == null ? null : row.get(position, type);
    }

    private static boolean isSide(String name, NestedField field) {
        return field.name().equals(ColumnNames.side(name, IcebergTypes.suffix(field.type())));
    }
}
