package io.vaultline.iceberg.table;

import io.vaultline.event.CollectionId;
import java.util.Locale;

/** The names of history tables: lower case letters, digits and underscores, which every engine takes unquoted. */
final class TableNames {
    /** Catalogs in databases hold 255 characters; file systems fewer once the folders are added. */
    private static final int MAX_LENGTH = 180;

    private TableNames() {}

    /** {@code <source>_<namespace>_<collection>}; different collections may share it. */
    static String plain(CollectionId id) {
        String name = String.join("_", id.source(), id.namespace(), id.name()).toLowerCase(Locale.ROOT);
        String safe = name.replaceAll("[^a-z0-9_]", "_");
        return safe.length() <= MAX_LENGTH ? safe : safe.substring(0, MAX_LENGTH);
    }

    /** The name if another collection already has the plain one. */
    static String distinct(CollectionId id, String topic) {
        return plain(id) + "_" + ShortHash.of(topic, 4);
    }
}
