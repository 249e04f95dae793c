package io.vaultline.iceberg.lake;

import io.vaultline.config.LakeConfig;
import io.vaultline.config.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/** The open Iceberg catalog, with the namespace of the history tables in it. */
public final class LakeCatalog implements AutoCloseable {
    private static final String HADOOP_IO = "org.apache.iceberg.hadoop.HadoopFileIO";

    private final Catalog catalog;
    private final Namespace namespace;

    private LakeCatalog(Catalog catalog, Namespace namespace) {
        this.catalog = catalog;
        this.namespace = namespace;
    }

    /**
     * Connects to catalog and object store, and creates the namespace when it is missing.
     *
     * @throws io.vaultline.error.PipelineException with {@code LAKE_UNREACHABLE} or {@code LAKE_REFUSES} if either
     *     can't be used as configured, or with {@code CONFIG_INVALID} if the warehouse is no location
     */
    public static LakeCatalog open(LakeConfig config) {
        Configuration hadoop = HadoopSettings.of(config);
        Map<String, String> properties = properties(config);
        String warehouse = properties.get(CatalogProperties.WAREHOUSE_LOCATION);
        if (warehouse != null && HADOOP_IO.equals(properties.get(CatalogProperties.FILE_IO_IMPL))) {
            WarehouseProbe.check(warehouse, hadoop);
        }
        Namespace namespace = Namespace.of(config.namespace());
        return LakeErrors.guard(where(config, properties), () -> {
            Catalog catalog = CatalogUtil.buildIcebergCatalog(config.catalog(), properties, hadoop);
            LakeCatalog lake = new LakeCatalog(catalog, namespace);
            lake.createNamespace();
            return lake;
        });
    }

    /** Iceberg's view of it. */
    public Catalog catalog() {
        return catalog;
    }

    /** Where the history tables are. */
    public Namespace namespace() {
        return namespace;
    }

    private void createNamespace() {
        if (catalog instanceof SupportsNamespaces namespaces && !namespaces.namespaceExists(namespace)) {
            try {
                namespaces.createNamespace(namespace);
            } catch (AlreadyExistsException e) {
                // another writer was faster
                return;
            }
        }
    }

    private static Map<String, String> properties(LakeConfig config) {
        Map<String, String> properties = new HashMap<>();
        config.catalogProperties().forEach((name, value) -> properties.put(name, value.reveal()));
        if (!properties.containsKey(CatalogProperties.CATALOG_IMPL)) {
            properties.putIfAbsent(CatalogUtil.ICEBERG_CATALOG_TYPE, CatalogUtil.ICEBERG_CATALOG_TYPE_JDBC);
        }
        properties.putIfAbsent(CatalogProperties.FILE_IO_IMPL, HADOOP_IO);
        if (CatalogUtil.ICEBERG_CATALOG_TYPE_JDBC.equals(properties.get(CatalogUtil.ICEBERG_CATALOG_TYPE))) {
            properties.putIfAbsent("jdbc.schema-version", "V1");
            if (properties.getOrDefault(CatalogProperties.URI, "").startsWith("jdbc:postgresql:")) {
                // a server that vanished without a word must not hold a commit forever; seconds
                properties.putIfAbsent("jdbc.socketTimeout", "60");
                properties.putIfAbsent("jdbc.tcpKeepAlive", "true");
            }
        }
        return properties;
    }

    private static String where(LakeConfig config, Map<String, String> properties) {
        Secret uri = config.catalogProperties().get(CatalogProperties.URI);
        String type = properties.getOrDefault(
                CatalogUtil.ICEBERG_CATALOG_TYPE, properties.getOrDefault(CatalogProperties.CATALOG_IMPL, ""));
        // what follows the path, and what stands before the host, may be a password
        String address = uri == null
                ? ""
                : " at " + uri.reveal().replaceAll("[?;].*", "").replaceAll("//[^/@]*@", "//");
        return "catalog " + config.catalog() + " (" + type + ")" + address;
    }

    @Override
    public void close() {
        if (catalog instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
