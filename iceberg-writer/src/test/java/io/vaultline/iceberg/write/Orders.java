package io.vaultline.iceberg.write;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.kafka.ChangeRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** A table of orders and its changes. */
final class Orders {
    static final TopicPartition P0 = new TopicPartition("test.pg.public.orders", 0);
    static final TopicPartition P1 = new TopicPartition("test.pg.public.orders", 1);
    static final CollectionSchema SCHEMA = schema(new Column("note", Simple.TEXT, "text", true));
    private static final long MICROS = 1_790_000_000_000_000L;

    private Orders() {}

    static CollectionSchema schema(Column... others) {
        List<Column> columns = new ArrayList<>(List.of(new Column("id", Simple.INT64, "bigint", false)));
        columns.addAll(List.of(others));
        return new CollectionSchema(
                new CollectionId("pg", "public", "orders"), CollectionKind.TABLE, columns, List.of("id"), List.of());
    }

    static ChangeRecord created(TopicPartition partition, long offset, long id) {
        return new ChangeRecord(partition, offset, event(SCHEMA, id, "order " + id));
    }

    static DataChangeEvent event(CollectionSchema schema, long id, Object... others) {
        Object[] values = new Object[others.length + 1];
        values[0] = id;
        System.arraycopy(others, 0, values, 1, others.length);
        return new RowCreated(
                new ChangeHeader(schema, new CommitOrder(id, 1), MICROS + id, null), new Row(schema, values), null);
    }
}
