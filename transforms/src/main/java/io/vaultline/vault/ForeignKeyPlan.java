package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;

/** The relation that a foreign key states. */
final class ForeignKeyPlan implements RelationPlan {
    private final RelationWriter writer;
    private final EndReader target;

    ForeignKeyPlan(VaultTables tables, LinkSpec link, CollectionSchema shape) {
        LinkEnd end = link.ends().get(1);
        this.writer = new RelationWriter(tables, link);
        this.target = new EndReader(tables.hub(end), end.key(), shape);
    }

    @Override
    public void version(Row row, byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        int own = hash.mark();
        switch (target.append(row, hash)) {
            case KEY -> writer.related(hashKey, hash.hash(own), hash.hash(), stamp, sink);
            case NOTHING -> writer.unrelated(hashKey, stamp, sink);
            case UNKNOWN -> {}
        }
        hash.back(own);
    }

    @Override
    public void ended(byte[] hashKey, Stamp stamp, VaultRowSink sink) {
        writer.unrelated(hashKey, stamp, sink);
    }
}
