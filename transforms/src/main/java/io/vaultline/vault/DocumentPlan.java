package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import java.util.Optional;
import java.util.Set;

/** The relations that ids within a document state. Their hub rows are written too: nothing else vouches for them. */
final class DocumentPlan implements PartPlan {
    private final RelationWriter writer;
    private final VaultTable targetHub;
    private final String collisionCode;
    private final DataType targetType;
    private final DocumentIds ids;

    DocumentPlan(VaultTables tables, LinkSpec link, CollectionSchema shape) {
        LinkEnd end = link.ends().get(1);
        HubTarget target = tables.hub(end);
        String path = end.key().get(0);
        this.writer = new RelationWriter(tables, link);
        this.targetHub = target.table();
        this.collisionCode = target.collisionCode();
        this.targetType = target.keyTypes().get(0);
        this.ids = new DocumentIds(DocumentPath.parse(path), targetType, shape);
    }

    @Override
    public void version(RowVersion version, HashContract hash, VaultRowSink sink) {
        Optional<Set<Object>> found = ids.find(version.row());
        if (found.isEmpty()) {
            return;
        }
        for (Object id : found.get()) {
            int own = hash.mark();
            hash.text(collisionCode).value(targetType, id);
            byte[] target = hash.hash(own);
            Stamp stamp = version.stamp();
            sink.add(targetHub, target, id, stamp.loadTs(), stamp.recordSource(), stamp.position(), stamp.ordinal());
            writer.related(version, target, hash.hash(), sink);
            hash.back(own);
        }
        if (found.get().isEmpty()) {
            writer.unrelated(version.hashKey(), version.stamp(), sink);
        }
    }

    @Override
    public void gone(byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        writer.unrelated(hashKey, stamp, sink);
    }
}
