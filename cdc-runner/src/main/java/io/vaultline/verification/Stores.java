package io.vaultline.verification;

import io.vaultline.clickhouse.load.LoadService;
import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.server.ClientGateway;
import io.vaultline.clickhouse.vault.ClickHouseStateReader;
import io.vaultline.clickhouse.vault.ServerTables;
import io.vaultline.clickhouse.vault.StoredVault;
import io.vaultline.clickhouse.vault.VaultPlan;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.VaultModelFile;
import io.vaultline.event.CollectionSchema;
import io.vaultline.history.ChangeHistory;
import io.vaultline.iceberg.ArchiveService;
import io.vaultline.iceberg.lake.LakeCatalog;
import io.vaultline.iceberg.read.IcebergHistory;
import io.vaultline.iceberg.read.IcebergStateReader;
import io.vaultline.iceberg.table.HistoryTables;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicNames;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.verify.StateReader;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** The vault and the history of a pipeline, to be read. */
final class Stores implements AutoCloseable {
    private final Admin admin;
    private final ClickHouseGateway server;
    private final LakeCatalog lake;
    private final ChangeHistory history;
    private final PipelineConfig config;

    private Stores(PipelineConfig config, Admin admin, ClickHouseGateway server, LakeCatalog lake) {
        this.config = config;
        this.admin = admin;
        this.server = server;
        this.lake = lake;
        this.history = new IcebergHistory(new HistoryTables(lake, new TopicNames(config.pipeline())));
    }

    /** Connects to both, and to Kafka for how far they are. */
    static Stores open(PipelineConfig config) {
        LakeCatalog lake = LakeCatalog.open(config.lake());
        return new Stores(
                config, new KafkaClients(config.kafka()).admin(), new ClientGateway(config.clickhouse()), lake);
    }

    /** How far each store has come. */
    List<StoreProgress> progress() {
        return List.of(
                new GroupProgress(admin, TableResult.VAULT, LoadService.group(config)),
                new GroupProgress(admin, TableResult.HISTORY, ArchiveService.group(config.pipeline())));
    }

    /**
     * Reads what the stores hold.
     *
     * @param schemas the newest shapes of all collections, from which the vault's model follows
     */
    List<StateReader> readers(Collection<CollectionSchema> schemas) {
        String database = config.clickhouse().vaultDatabase();
        VaultTables tables = new VaultTables(VaultInference.infer(schemas, VaultModelFile.read(config.vaultModel())));
        StoredVault vault = new VaultPlan(database, tables, ServerTables.read(server, database)).vault();
        return List.of(new ClickHouseStateReader(server, database, vault), new IcebergStateReader(history));
    }

    /** How many changes the history keeps of a collection. */
    long changes(CollectionSchema schema) {
        return history.count(schema);
    }

    @Override
    public void close() {
        admin.close();
        server.close();
        lake.close();
    }
}
