package io.vaultline.iceberg.lake;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Asks the object store, by one cheap call, whether the warehouse can be used at all. */
final class WarehouseProbe {
    private WarehouseProbe() {}

    /** @throws PipelineException if the store does not answer, refuses the keys, or has no such bucket */
    static void check(String warehouse, Configuration settings) {
        try {
            URI location = new URI(warehouse);
            // an instance of its own: the shared one keeps the settings that it was first made with
            try (FileSystem store = FileSystem.newInstance(location, HadoopSettings.impatient(settings))) {
                look(store, new Path(location));
            }
        } catch (IOException e) {
            throw LakeErrors.translate(e, "warehouse " + warehouse);
        } catch (java.net.URISyntaxException | IllegalArgumentException e) {
            throw new PipelineException(
                    ErrorCode.CONFIG_INVALID,
                    "The warehouse is no location: " + e.getMessage(),
                    "lake.catalog-properties.warehouse",
                    "Give it as s3a://<bucket>/<folder>.",
                    e);
        }
    }

    private static void look(FileSystem store, Path warehouse) throws IOException {
        try {
            store.getFileStatus(new Path(warehouse, "vaultline"));
        } catch (FileNotFoundException e) {
            // an empty warehouse is as good as any
            return;
        }
    }
}
