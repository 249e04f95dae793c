package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultTables;

/** The relation that a foreign key states. */
final class ForeignKeyPlan implements PartPlan {
    private final RelationWriter writer;
    private final EndReader target;

    ForeignKeyPlan(VaultTables tables, LinkSpec link, CollectionSchema shape) {
        LinkEnd end = link.ends().get(1);
        this.writer = new RelationWriter(tables, link);
        this.target = new EndReader(tables.hub(end), end.key(), shape);
    }

    @Override
    public void version(RowVersion version, HashContract hash, VaultRowSink sink) {
        int own = hash.mark();
        switch (target.append(version.row(), hash)) {
            case KEY -> writer.related(version, hash.hash(own), hash.hash(), sink);
            case NOTHING -> writer.unrelated(version.hashKey(), version.stamp(), sink);
            case UNKNOWN -> {}
        }
        hash.back(own);
    }

    @Override
    public void gone(byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        writer.unrelated(hashKey, stamp, sink);
    }
}
