package io.vaultline.iceberg.lake;

import io.vaultline.check.ClockSkew;
import io.vaultline.check.Finding;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.config.LakeConfig;
import io.vaultline.config.Secret;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.CatalogProperties;

/**
 * Checks whether catalog and object store can hold the history. Writes, lists and deletes one small object in the
 * warehouse, and creates what the catalog itself needs, as a run does.
 */
public final class LakePreflight {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LakeConfig config;
    private final Findings findings;

    public LakePreflight(LakeConfig config) {
        this.config = config;
        this.findings = new Findings(ErrorCode.LAKE_REFUSES, "lake " + config.catalog());
    }

    /** What is found in the object store: rights in the warehouse, and its clock. */
    public List<Finding> checkStore() {
        Secret warehouse = config.catalogProperties().get(CatalogProperties.WAREHOUSE_LOCATION);
        if (warehouse != null && warehouse.reveal().startsWith("s3a:")) {
            store(warehouse.reveal());
        }
        Secret endpoint = config.hadoop().get("fs.s3a.endpoint");
        if (endpoint != null && endpoint.reveal().startsWith("http")) {
            clock(endpoint.reveal());
        }
        return findings.all();
    }

    /** What is found in the catalog: login, rights, its tables and namespace. */
    public List<Finding> checkCatalog() {
        try (LakeCatalog lake = LakeCatalog.open(config)) {
            LakeErrors.guard("catalog " + config.catalog(), () -> lake.catalog().listTables(lake.namespace()));
        } catch (PipelineException e) {
            findings.add(Finding.of(e));
        }
        return findings.all();
    }

    private void store(String warehouse) {
        Configuration settings = HadoopSettings.impatient(HadoopSettings.of(config));
        try (FileSystem store = FileSystem.newInstance(new URI(warehouse), settings)) {
            Path probe = new Path(new Path(warehouse), "vaultline-preflight-" + UUID.randomUUID());
            if (allowed("write objects", "s3:PutObject", warehouse, () -> write(store, probe))) {
                allowed("list objects", "s3:ListBucket", warehouse, () -> store.listStatus(new Path(warehouse)));
                allowed(
                        "read objects",
                        "s3:GetObject",
                        warehouse,
                        () -> store.open(probe).close());
                allowed("delete objects", "s3:DeleteObject", warehouse, () -> store.delete(probe, false));
            }
        } catch (IOException e) {
            findings.add(Finding.of(LakeErrors.translate(e, "warehouse " + warehouse)));
        } catch (URISyntaxException e) {
            findings.error(
                    "The warehouse is no location",
                    Fix.config("lake: { catalog-properties: { warehouse: \"s3a://…\" } }"));
        }
    }

    /** A step that needs one right. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private boolean allowed(String what, String action, String warehouse, Step step) throws IOException {
        try {
            step.run();
            return true;
        } catch (FileNotFoundException e) {
            throw e;
        } catch (AccessDeniedException e) {
            URI place = URI.create(warehouse);
            String resource = "arn:aws:s3:::" + place.getHost() + (action.equals("s3:ListBucket") ? "" : "/*");
            findings.of(
                    Severity.ERROR,
                    "warehouse " + warehouse,
                    "The access key may not " + what,
                    Fix.advice("Allow it by a policy: {\"Effect\": \"Allow\", \"Action\": \"" + action
                            + "\", \"Resource\": \"" + resource + "\"}"));
            return false;
        }
    }

    private static void write(FileSystem store, Path probe) throws IOException {
        try (FSDataOutputStream out = store.create(probe, true)) {
            out.writeUTF("vaultline");
        }
    }

    /** Requests are signed with our time; a store refuses those that are a quarter of an hour off. */
    private void clock(String endpoint) {
        try {
            HttpURLConnection request =
                    (HttpURLConnection) URI.create(endpoint).toURL().openConnection();
            request.setConnectTimeout((int) PATIENCE.toMillis());
            request.setReadTimeout((int) PATIENCE.toMillis());
            Instant before = Instant.now();
            long date = request.getHeaderFieldDate("Date", 0);
            if (date > 0) {
                ClockSkew.check(findings, before, Instant.ofEpochMilli(date).plusMillis(500), Instant.now());
            }
            request.disconnect();
        } catch (IOException e) {
            findings.add(Finding.of(LakeErrors.translate(e, "lake.s3.endpoint = " + endpoint)));
        }
    }
}
