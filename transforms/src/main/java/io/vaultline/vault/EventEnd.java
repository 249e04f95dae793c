package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.EventSpec;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.value.DocumentPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the hub's key that an event of one shape is about. For one thread. */
interface EventEnd {
    /**
     * The hub's hash key: zeros if the event names none, null if the change does not say.
     *
     * @param hash holds the parts of the row's identity, and does so again afterwards
     * @param sink takes the hub's row, if nothing else vouches for it
     */
    byte @Nullable [] key(RowVersion version, HashContract hash, VaultRowSink sink);

    /** Those of an event, in the order of its ends. */
    static List<EventEnd> all(VaultTables tables, EventSpec event, CollectionSchema shape) {
        byte[] none = HashContract.zeroKey(tables.model().rules().algorithm());
        List<EventEnd> ends = new ArrayList<>();
        event.references().forEach(end -> ends.add(reference(tables, end, shape, none)));
        event.named().forEach(end -> ends.add(named(tables, end, shape, none)));
        return ends;
    }

    /** What a foreign key leads to; the table that it leads to has the row of the hub. */
    private static EventEnd reference(VaultTables tables, LinkEnd end, CollectionSchema shape, byte[] none) {
        EndReader reader = new EndReader(tables.hub(end), end.key(), shape);
        return (version, hash, sink) -> {
            int own = hash.mark();
            byte[] key =
                    switch (reader.append(version.row(), hash)) {
                        case KEY -> hash.hash(own);
                        case NOTHING -> none;
                        case UNKNOWN -> null;
                    };
            hash.back(own);
            return key;
        };
    }

    /** What values name, which can stand within documents. */
    private static EventEnd named(VaultTables tables, LinkEnd end, CollectionSchema shape, byte[] none) {
        HubWriter hub = new HubWriter(tables.hub(end));
        List<DocumentPath> paths = end.key().stream().map(DocumentPath::parse).toList();
        DocumentUnits units = new DocumentUnits(paths, hub.key(), paths.size(), paths.size(), shape);
        return (version, hash, sink) -> {
            Optional<List<@Nullable Object[]>> found = units.find(version.row());
            if (found.isEmpty() || found.get().isEmpty()) {
                return found.isEmpty() ? null : none;
            }
            @Nullable Object[] unit = found.get().get(0);
            int own = hash.mark();
            byte[] key = hub.append(unit, 0, hash);
            hash.back(own);
            hub.write(key, unit, 0, version.stamp(), sink);
            return key;
        };
    }
}
