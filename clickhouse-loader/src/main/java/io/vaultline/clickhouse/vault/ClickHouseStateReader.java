package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.vault.EntityQueries.Output;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.VaultType.SourceValue;
import io.vaultline.verify.StateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of collections out of the vault, by the same queries as the views are made of. Columns that the vault
 * does not have come back unavailable.
 */
public final class ClickHouseStateReader implements StateReader {
    private final ClickHouseGateway server;
    private final String database;
    private final StoredVault vault;

    /** @param server stays open; the caller closes it */
    public ClickHouseStateReader(ClickHouseGateway server, String database, StoredVault vault) {
        this.server = server;
        this.database = database;
        this.vault = vault;
    }

    @Override
    public String store() {
        return "vault";
    }

    @Override
    public void read(CollectionSchema schema, long commitPosition, Consumer<Row> rows) {
        EntitySpec entity = vault.tables()
                .model()
                .entityOf(schema.id())
                .orElseThrow(() -> new PipelineException(
                        ErrorCode.MODEL_INVALID,
                        "The vault has no entity for a collection",
                        schema.id().toString(),
                        "Run the load role until it has seen the collection's schema."));
        List<Output> outputs = new ArrayList<>();
        List<WireColumn> wire = new ArrayList<>();
        int[] places = new int[schema.columns().size()];
        for (int i = 0; i < places.length; i++) {
            Column column = schema.columns().get(i);
            boolean known = entity.schema().indexOf(column.name()).isPresent();
            places[i] = known ? outputs.size() : -1;
            if (known) {
                String name = "c" + i;
                outputs.add(new Output(vault.tables().columnName(entity, column.name()), name, column.type()));
                wire.add(new WireColumn(name, new SourceValue(column.type()), true));
            }
        }
        String query = new EntityQueries(database, entity, vault).current(outputs, Bound.upTo(commitPosition));
        server.query(query, wire, values -> rows.accept(row(schema, places, values)));
    }

    private static Row row(CollectionSchema schema, int[] places, @Nullable Object[] values) {
        @Nullable Object[] row = new @Nullable Object[places.length];
        for (int i = 0; i < places.length; i++) {
            row[i] = places[i] < 0 ? Unavailable.VALUE : values[places[i]];
        }
        return new Row(schema, row);
    }
}
