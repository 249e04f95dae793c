package io.vaultline.capture.postgres;

import io.vaultline.capture.postgres.CatalogTable.PgColumn;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of a table's keys, the same here as in the database: for types whose values PostgreSQL compares as Java can.
 * A key is its columns' texts as PostgreSQL writes them; no text at all stands for an open end.
 */
final class KeyOrder {
    /** Text is ordered by bytes only under the collation "C". */
    private static final Set<Integer> TEXTS = Set.of(25, 1043);

    private final List<KeyColumn> columns;

    private KeyOrder(List<KeyColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    private record KeyColumn(String name, int oid, int precision, int scale) {
        DataType type() {
            return PgType.ofOid(oid).dataType(precision, scale);
        }

        boolean isOrdered(Set<String> byBytes) {
            return switch (PgType.ofOid(oid)) {
                case INT2, INT4, INT8, OID, DATE, TIMESTAMP, TIMESTAMPTZ, UUID -> true;
                case NUMERIC -> type() instanceof DataType.Decimal;
                case OTHER -> TEXTS.contains(oid) && byBytes.contains(name);
                default -> false;
            };
        }

        Object parse(String text) {
            return Objects.requireNonNull(ColumnValues.ofText(PgType.ofOid(oid), type(), text));
        }
    }

    /**
     * The order of a table's keys, if it has a key of such types. Changes bring masked keys masked: those have none.
     *
     * @param byBytes the columns whose texts are ordered by their bytes
     */
    static Optional<KeyOrder> of(CatalogTable table, Set<String> byBytes) {
        List<KeyColumn> columns = new ArrayList<>();
        for (String name : table.shape().key()) {
            PgColumn column = table.find(name).orElseThrow();
            if (column.mask().changes()) {
                return Optional.empty();
            }
            columns.add(new KeyColumn(name, column.oid(), column.precision(), column.scale()));
        }
        boolean ordered = columns.stream().allMatch(column -> column.isOrdered(byBytes));
        return columns.isEmpty() || !ordered ? Optional.empty() : Optional.of(new KeyOrder(columns));
    }

    /** Reads {@link #definition()}. */
    static KeyOrder parse(String definition) {
        return new KeyOrder(
                Arrays.stream(definition.split("\n")).map(KeyOrder::column).toList());
    }

    private static KeyColumn column(String line) {
        String[] parts = line.split(" ", 4);
        return new KeyColumn(
                parts[3], Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /** Names and types of the columns, for comparing: ranges of another definition's keys are of no use. */
    String definition() {
        return columns.stream()
                .map(column -> column.oid() + " " + column.precision() + " " + column.scale() + " " + column.name())
                .collect(Collectors.joining("\n"));
    }

    List<String> names() {
        return columns.stream().map(KeyColumn::name).toList();
    }

    /** Whether neighbours in this order seldom stand side by side in the table, as far as the type alone tells. */
    boolean isRandom() {
        return PgType.ofOid(columns.get(0).oid()) == PgType.UUID;
    }

    /** Which of two keys comes first, none of them an open end. */
    Comparator<List<String>> texts() {
        return (left, right) -> compare(values(left), values(right));
    }

    /** A key's values, of the classes that {@link DataType} names. */
    List<Object> values(List<String> texts) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            values.add(columns.get(i).parse(texts.get(i)));
        }
        return values;
    }

    /** A row's key, if the row has it. */
    Optional<List<Object>> values(Row row) {
        List<Object> values = new ArrayList<>();
        for (KeyColumn column : columns) {
            Object value = row.schema().indexOf(column.name()).isPresent() ? row.get(column.name()) : null;
            if (value == null || value == Unavailable.VALUE) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(values);
    }

    int compare(List<Object> left, List<Object> right) {
        for (int i = 0; i < left.size(); i++) {
            int result = compareValues(left.get(i), right.get(i));
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private static int compareValues(Object left, @Nullable Object right) {
        if (left instanceof Integer number) {
            return number.compareTo((Integer) right);
        } else if (left instanceof Long number) {
            return number.compareTo((Long) right);
        } else if (left instanceof BigDecimal number) {
            return number.compareTo((BigDecimal) right);
        } else if (left instanceof UUID id && right instanceof UUID other) {
            int high = Long.compareUnsigned(id.getMostSignificantBits(), other.getMostSignificantBits());
            return high != 0
                    ? high
                    : Long.compareUnsigned(id.getLeastSignificantBits(), other.getLeastSignificantBits());
        }
        return Arrays.compareUnsigned(bytes((String) left), bytes((String) Objects.requireNonNull(right)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
