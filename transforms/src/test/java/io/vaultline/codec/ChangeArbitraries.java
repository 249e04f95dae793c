package io.vaultline.codec;

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
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.event.UniqueKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Random shapes and random changes of them. */
final class ChangeArbitraries {
    private ChangeArbitraries() {}

    static Arbitrary<CollectionSchema> schemas() {
        return Combinators.combine(
                        columnNames().list().uniqueElements().ofMinSize(1).ofMaxSize(12),
                        Arbitraries.randomValue(r -> r))
                .as((names, random) -> {
                    List<DataType> types = types().list().ofSize(names.size()).sample();
                    List<Column> columns = new ArrayList<>();
                    for (int i = 0; i < names.size(); i++) {
                        columns.add(new Column(names.get(i), types.get(i), "type " + i, random.nextBoolean()));
                    }
                    List<String> key = names.subList(0, random.nextInt(Math.min(3, names.size()) + 1));
                    return new CollectionSchema(
                            new CollectionId("pg", "public", names.get(0)),
                            CollectionKind.TABLE,
                            columns,
                            key,
                            List.of(),
                            random.nextBoolean() ? List.of() : List.of(new UniqueKey("unique", names.subList(0, 1))));
                });
    }

    static Arbitrary<DataChangeEvent> events() {
        return schemas()
                .flatMap(schema -> Combinators.combine(
                                rows(schema),
                                rows(schema),
                                Arbitraries.integers().between(0, 6),
                                headers(schema))
                        .as(ChangeArbitraries::event));
    }

    private static DataChangeEvent event(Row one, Row other, int kind, ChangeHeader header) {
        return switch (kind) {
            case 0 -> new RowRead(header, one);
            case 1 -> new RowCreated(header, one, null);
            case 2 -> new RowCreated(header, one, other.keyOnly());
            case 3 -> new RowUpdated(header, null, partly(one));
            case 4 -> new RowUpdated(header, other, one);
            case 5 -> new RowDeleted(header, one.keyOnly(), null);
            default -> new RowDeleted(header, one, other.keyOnly());
        };
    }

    static Arbitrary<DataChangeEvent> truncations() {
        return schemas().flatMap(ChangeArbitraries::headers).map(CollectionTruncated::new);
    }

    private static Row partly(Row row) {
        @Nullable Object[] values = new @Nullable Object[row.schema().columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 3 == 2 && !row.schema().isKey(i) ? Unavailable.VALUE : row.get(i);
        }
        return new Row(row.schema(), values);
    }

    private static Arbitrary<ChangeHeader> headers(CollectionSchema schema) {
        return Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs(),
                        Arbitraries.strings().injectNull(0.3))
                .as((position, ordinal, micros, transaction) ->
                        new ChangeHeader(schema, new CommitOrder(position, ordinal), micros, transaction));
    }

    private static Arbitrary<Row> rows(CollectionSchema schema) {
        List<Arbitrary<@Nullable Object>> values = new ArrayList<>();
        for (Column column : schema.columns()) {
            values.add(values(column.type()).injectNull(0.2));
        }
        return Combinators.combine(values).as(list -> new Row(schema, list.toArray()));
    }

    private static Arbitrary<String> columnNames() {
        return Arbitraries.oneOf(
                Arbitraries.of("id", "ID", "Name", "a b", "\"quoted\"", "prix_€", "🛒", "1st", "_cdc"),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(10));
    }

    private static Arbitrary<DataType> types() {
        return Arbitraries.oneOf(
                Arbitraries.of(Simple.class).map(t -> t),
                Arbitraries.integers()
                        .between(1, 38)
                        .flatMap(precision -> Arbitraries.integers()
                                .between(0, precision)
                                .map(scale -> new DataType.Decimal(precision, scale))));
    }

    private static Arbitrary<Object> values(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            BigInteger limit = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
            return Arbitraries.bigIntegers()
                    .between(limit.negate(), limit)
                    .map(unscaled -> new BigDecimal(unscaled, decimal.scale()));
        }
        return switch ((Simple) type) {
            case BOOLEAN -> Arbitraries.of(true, false).map(v -> v);
            case INT16 ->
                Arbitraries.integers().between(Short.MIN_VALUE, Short.MAX_VALUE).map(v -> v);
            case INT32, DATE -> Arbitraries.integers().map(v -> v);
            case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> Arbitraries.longs().map(v -> v);
            case FLOAT32 ->
                Arbitraries.oneOf(Arbitraries.floats(), Arbitraries.of(Float.NaN, -0f))
                        .map(v -> v);
            case FLOAT64 ->
                Arbitraries.oneOf(Arbitraries.doubles(), Arbitraries.of(Double.NaN, -0d))
                        .map(v -> v);
            case NUMERIC -> Arbitraries.bigDecimals().map(BigDecimal::toPlainString);
            case TEXT, JSON ->
                Arbitraries.strings()
                        .ofMaxLength(50)
                        .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                        .map(v -> v);
            case BYTES -> Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(v -> v);
            case UUID -> Arbitraries.create(UUID::randomUUID).map(v -> v);
        };
    }
}
