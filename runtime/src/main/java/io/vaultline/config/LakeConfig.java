package io.vaultline.config;

import java.time.Duration;
import java.util.Map;

/**
 * The Iceberg catalog and object store that hold the history.
 *
 * @param catalog name under which the catalog's tables are registered; readers must use the same
 * @param namespace namespace of the history tables
 * @param catalogProperties passed to Iceberg as they are: {@code type} or {@code catalog-impl}, {@code uri},
 *     {@code warehouse}, and so on; values may hold secrets
 * @param hadoop settings of the file system, such as {@code fs.s3a.endpoint}; values may hold secrets
 * @param commitInterval the longest time that a change waits for its commit
 * @param commitRows changes of one table after which it is committed at once
 */
public record LakeConfig(
        String catalog,
        String namespace,
        Map<String, Secret> catalogProperties,
        Map<String, Secret> hadoop,
        Duration commitInterval,
        int commitRows) {
    public LakeConfig {
        catalogProperties = Map.copyOf(catalogProperties);
        hadoop = Map.copyOf(hadoop);
    }
}
