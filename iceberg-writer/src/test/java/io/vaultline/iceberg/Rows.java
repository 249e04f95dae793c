package io.vaultline.iceberg;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Collections of numbered rows. */
final class Rows {
    private static final long MICROS = 1_790_000_000_000_000L;

    private Rows() {}

    static CollectionSchema collection(String name, Column... others) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("id", Simple.INT64, "bigint", false));
        columns.addAll(List.of(others));
        return new CollectionSchema(
                new CollectionId("pg", "public", name), CollectionKind.TABLE, columns, List.of("id"), List.of());
    }

    /** New rows with the numbers from one to another, the second excluded. */
    static List<RowCreated> created(CollectionSchema schema, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(id -> new RowCreated(
                        new ChangeHeader(schema, new CommitOrder(id, 1), MICROS + id, null),
                        new Row(schema, values(schema, id)),
                        null))
                .toList();
    }

    private static Object[] values(CollectionSchema schema, long id) {
        Object[] values = new Object[schema.columns().size()];
        Arrays.fill(values, "value of " + id);
        values[0] = id;
        return values;
    }
}
