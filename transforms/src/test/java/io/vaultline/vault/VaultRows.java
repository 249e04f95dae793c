package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultType;
import io.vaultline.vault.model.VaultType.Internal;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects what the mapper makes, and checks that each row is what its table says. */
public final class VaultRows implements VaultRowSink {
    private final List<VaultRow> rows = new ArrayList<>();

    public static VaultRows of(VaultMapper mapper, List<? extends DataChangeEvent> events) {
        VaultRows rows = new VaultRows();
        events.forEach(event -> mapper.map(event, rows));
        return rows;
    }

    public static VaultRows of(VaultModel model, DataChangeEvent... events) {
        return of(new VaultMapper(model), List.of(events));
    }

    @Override
    public void add(VaultTable table, @Nullable Object... values) {
        if (values.length != table.columns().size()) {
            throw new AssertionError(table.name() + " has not " + values.length + " columns");
        }
        Map<String, Object> byName = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            VaultColumn column = table.columns().get(i);
            Object value = values[i];
            if (value == null ? !column.nullable() : !classOf(column.type()).isInstance(value)) {
                throw new AssertionError(table.name() + "." + column.name() + " can't hold " + value);
            }
            if (value != null) {
                byName.put(
                        column.name(),
                        value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
            }
        }
        rows.add(new VaultRow(table, byName));
    }

    List<VaultRow> all() {
        return rows;
    }

    public List<VaultRow> in(String table) {
        return rows.stream().filter(row -> row.table().name().equals(table)).toList();
    }

    public VaultRow only(String table) {
        assertThat(in(table)).hasSize(1);
        return in(table).get(0);
    }

    private static Class<?> classOf(VaultType type) {
        if (type instanceof SourceValue source) {
            return classOf(source.type());
        }
        return switch ((Internal) type) {
            case HASH, WIDE_HASH, NATURAL_KEY -> byte[].class;
            case LOAD_TIMESTAMP, ORDER -> Long.class;
            case SYMBOL -> String.class;
            case FLAG -> Boolean.class;
            case NAMES -> List.class;
        };
    }

    private static Class<?> classOf(DataType type) {
        if (!(type instanceof Simple simple)) {
            return BigDecimal.class;
        }
        return switch (simple) {
            case BOOLEAN -> Boolean.class;
            case INT16, INT32, DATE -> Integer.class;
            case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> Long.class;
            case FLOAT32 -> Float.class;
            case FLOAT64 -> Double.class;
            case NUMERIC, TEXT, JSON -> String.class;
            case BYTES -> byte[].class;
            case UUID -> UUID.class;
        };
    }
}
