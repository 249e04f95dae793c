package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The relations that ids within a document state. Their hub rows are written too: nothing else vouches for them. */
final class DocumentPlan implements PartPlan {
    private final RelationWriter writer;
    private final HubTarget target;
    private final DocumentKeys keys;

    DocumentPlan(VaultTables tables, LinkSpec link, CollectionSchema shape) {
        LinkEnd end = link.ends().get(1);
        this.target = tables.hub(end);
        this.writer = new RelationWriter(tables, link);
        this.keys = new DocumentKeys(end.key().stream().map(DocumentPath::parse).toList(), target.key(), shape);
    }

    @Override
    public void version(RowVersion version, HashContract hash, VaultRowSink sink) {
        Optional<Set<List<Object>>> found = keys.find(version.row());
        if (found.isEmpty()) {
            return;
        }
        for (List<Object> key : found.get()) {
            int own = hash.mark();
            hash.text(target.collisionCode());
            for (int i = 0; i < key.size(); i++) {
                hash.value(target.key().get(i).type(), key.get(i));
            }
            byte[] hashKey = hash.hash(own);
            hub(hashKey, key, version.stamp(), sink);
            writer.related(version, hashKey, hash.hash(), sink);
            hash.back(own);
        }
        if (found.get().isEmpty()) {
            writer.unrelated(version.hashKey(), version.stamp(), sink);
        }
    }

    private void hub(byte[] hashKey, List<Object> key, Stamp stamp, VaultRowSink sink) {
        @Nullable
        Object[] values = new @Nullable Object[target.table().columns().size()];
        int next = 0;
        values[next++] = hashKey;
        for (Object part : key) {
            values[next++] = part;
        }
        stamp.tail(values, next);
        sink.add(target.table(), values);
    }

    @Override
    public void gone(byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        writer.unrelated(hashKey, stamp, sink);
    }
}
