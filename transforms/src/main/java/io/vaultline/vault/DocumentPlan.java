package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.LinkColumn;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.value.DocumentPath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The relations that values within a row state. Their hub rows are written too: nothing else vouches for them. What names
 * a relation several times has it once, and its attributes as often.
 */
final class DocumentPlan implements PartPlan {
    private final RelationWriter writer;
    private final HubWriter[] targets;
    private final LinkColumn[] degenerate;
    private final DocumentUnits units;
    private final int firstAttribute;
    private final boolean hasAttributesOutside;

    DocumentPlan(VaultTables tables, LinkSpec link, CollectionSchema shape) {
        List<LinkEnd> ends = link.ends().subList(1, link.ends().size());
        this.targets = ends.stream().map(tables::hub).map(HubWriter::new).toArray(HubWriter[]::new);
        this.degenerate = link.degenerate().toArray(LinkColumn[]::new);
        this.writer = new RelationWriter(tables, link);
        List<DocumentPath> paths = new ArrayList<>();
        List<HubKeyPart> parts = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            ends.get(i).key().forEach(path -> paths.add(DocumentPath.parse(path)));
            parts.addAll(targets[i].key());
        }
        int required = parts.size();
        Stream.concat(link.degenerate().stream(), link.attributes().stream()).forEach(column -> {
            paths.add(DocumentPath.parse(column.path()));
            parts.add(HubKeyPart.of(column.name(), column.type()));
        });
        this.firstAttribute = required + degenerate.length;
        this.hasAttributesOutside = !link.attributes().stream().allMatch(LinkColumn::isWithinArrays);
        this.units = new DocumentUnits(paths, parts, required, firstAttribute, shape);
    }

    @Override
    public void version(RowVersion version, HashContract hash, VaultRowSink sink) {
        Optional<List<@Nullable Object[]>> found = units.find(version.row());
        if (found.isEmpty()) {
            return;
        }
        Map<ByteBuffer, Long> seen = new HashMap<>();
        int own = hash.mark();
        for (@Nullable Object[] unit : found.get()) {
            relation(unit, version, seen, hash, sink);
            hash.back(own);
        }
        if (found.get().isEmpty()) {
            unrelated(version, hash, sink);
        }
    }

    /** Writes down the attributes outside of arrays too: a later change may not send them again. */
    private void unrelated(RowVersion version, HashContract hash, VaultRowSink sink) {
        writer.unrelated(version.hashKey(), version.stamp(), sink);
        if (hasAttributesOutside) {
            @Nullable Object[] unit = units.outside(version.row());
            writer.describedAlone(version, unit, firstAttribute, hash, sink);
        }
    }

    private void relation(
            @Nullable Object[] unit,
            RowVersion version,
            Map<ByteBuffer, Long> seen,
            HashContract hash,
            VaultRowSink sink) {
        byte[][] ends = new byte[targets.length][];
        int next = 0;
        for (int i = 0; i < targets.length; i++) {
            ends[i] = targets[i].append(unit, next, hash);
            next += targets[i].key().size();
        }
        @Nullable Object[] keys = new @Nullable Object[degenerate.length];
        for (int i = 0; i < keys.length; i++) {
            DataType type = degenerate[i].type();
            keys[i] = unit[next++];
            hash.value(type, keys[i]);
        }
        byte[] linkKey = hash.hash();
        long number = seen.merge(ByteBuffer.wrap(linkKey), 1L, Long::sum);
        if (number == 1) {
            hubs(ends, unit, version.stamp(), sink);
            writer.related(version, ends, keys, linkKey, sink);
        }
        writer.described(version, linkKey, number, unit, next, hash, sink);
    }

    private void hubs(byte[][] ends, @Nullable Object[] unit, Stamp stamp, VaultRowSink sink) {
        int next = 0;
        for (int i = 0; i < targets.length; i++) {
            targets[i].write(ends[i], unit, next, stamp, sink);
            next += targets[i].key().size();
        }
    }

    @Override
    public void gone(byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        writer.unrelated(hashKey, stamp, sink);
    }
}
