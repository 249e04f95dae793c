package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.MergesSpec;
import io.vaultline.vault.model.SameAsSpec;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.value.DocumentPath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pairs of keys that rows of one shape state to mean the same. Their hub rows are written too. */
final class MergesPlan implements PartPlan {
    private final HubWriter hub;
    private final SameAsWriter writer;
    private final DocumentUnits units;

    MergesPlan(VaultTables tables, SameAsSpec sameAs, MergesSpec merges, CollectionSchema shape) {
        this.hub = new HubWriter(tables.hub(sameAs.hub()));
        this.writer = new SameAsWriter(tables, tables.sameAs(sameAs), tables.effectivity(merges));
        List<DocumentPath> paths = new ArrayList<>();
        merges.master().forEach(path -> paths.add(DocumentPath.parse(path)));
        merges.duplicate().forEach(path -> paths.add(DocumentPath.parse(path)));
        List<HubKeyPart> parts = new ArrayList<>(hub.key());
        parts.addAll(hub.key());
        this.units = new DocumentUnits(paths, parts, parts.size(), parts.size(), shape);
    }

    @Override
    public void version(RowVersion version, HashContract hash, VaultRowSink sink) {
        Optional<List<@Nullable Object[]>> found = units.find(version.row());
        if (found.isEmpty()) {
            return;
        }
        int own = hash.mark();
        Set<ByteBuffer> seen = new HashSet<>();
        for (@Nullable Object[] unit : found.get()) {
            pair(unit, version, own, seen, hash, sink);
            hash.back(own);
        }
        if (seen.isEmpty()) {
            writer.nothingHolds(version.hashKey(), version.stamp(), sink);
        }
    }

    private void pair(
            @Nullable Object[] unit,
            RowVersion version,
            int own,
            Set<ByteBuffer> seen,
            HashContract hash,
            VaultRowSink sink) {
        int parts = hub.key().size();
        byte[] master = hub.append(unit, 0, hash);
        byte[] duplicate = hub.append(unit, parts, hash);
        byte[] key = hash.hash(own);
        if (Arrays.equals(master, duplicate) || !seen.add(ByteBuffer.wrap(key))) {
            return;
        }
        Stamp stamp = version.stamp();
        hub.write(master, unit, 0, stamp, sink);
        hub.write(duplicate, unit, parts, stamp, sink);
        writer.holds(version.hashKey(), key, master, duplicate, stamp, sink);
    }

    @Override
    public void gone(byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        writer.nothingHolds(hashKey, stamp, sink);
    }
}
