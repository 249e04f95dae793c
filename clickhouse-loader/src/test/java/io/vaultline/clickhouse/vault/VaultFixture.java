package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.load.RowBuffers;
import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.server.ClientGateway;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.config.Secret;
import io.vaultline.devstack.Devstack;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.vault.VaultMapper;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A vault of given collections in a database of its own, filled straight from changes. */
final class VaultFixture {
    private final ClickHouseGateway server;
    private final String database;
    private final VaultPlan plan;

    /** Creates the vault, or brings the one that is there up to these shapes. */
    VaultFixture(ClickHouseGateway server, String database, CollectionSchema... schemas) {
        this(server, database, DeclaredModel.none(), schemas);
    }

    VaultFixture(ClickHouseGateway server, String database, DeclaredModel declared, CollectionSchema... schemas) {
        this.server = server;
        this.database = database;
        server.execute(VaultPlan.createDatabase(database));
        VaultModel model = VaultInference.infer(List.of(schemas), declared);
        VaultTables tables = new VaultTables(model);
        plan = new VaultPlan(database, tables, ServerTables.read(server, database));
        plan.tableStatements().forEach(server::execute);
        plan.ghostStatements().forEach(server::execute);
        plan.viewStatements().values().forEach(server::execute);
    }

    static ClickHouseGateway gateway(Devstack stack) {
        var endpoint = stack.endpoints().clickhouse();
        return new ClientGateway(new ClickHouseConfig(
                endpoint.httpUrl(),
                endpoint.user(),
                new Secret(endpoint.password()),
                "unused",
                Duration.ofSeconds(1),
                1000));
    }

    VaultPlan plan() {
        return plan;
    }

    /** Inserts the rows of changes, a block for each table, by a mapper that knows no other changes. */
    void load(Collection<DataChangeEvent> events) {
        VaultMapper mapper = new VaultMapper(plan.vault().tables());
        RowBuffers buffers = new RowBuffers(plan.vault());
        events.forEach(event -> mapper.map(event, buffers));
        buffers.waves(database, UUID.randomUUID().toString()).forEach(wave -> wave.forEach(server::insert));
    }

    List<Row> state(CollectionSchema schema, long commitPosition) {
        List<Row> rows = new ArrayList<>();
        new ClickHouseStateReader(server, database, plan.vault()).read(schema, commitPosition, rows::add);
        return rows;
    }

    /** All rows of a view; the columns' types as {@code name, type, name, type...}. */
    List<@Nullable Object[]> view(String view, List<WireColumn> columns, String order) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        server.query("SELECT * FROM " + database + "." + view + " ORDER BY " + order, columns, rows::add);
        return rows;
    }

    static WireColumn column(String name, DataType type) {
        return new WireColumn(name, new SourceValue(type), true);
    }
}
