package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.server.PatientGateway;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicNames;

/** What a loader works with. */
record LoadParts(
        ClickHouseConfig config,
        TopicNames names,
        SchemaCatalog catalog,
        PatientGateway server,
        LiveVault vault,
        Inserter inserter,
        LetterParts letters,
        FreshnessLog freshness,
        CrashPoint crashPoint)
        implements AutoCloseable {

    @Override
    public void close() {
        inserter.close();
        letters.close();
        freshness.close();
        server.close();
        catalog.close();
    }
}
