package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.MultiActiveSpec;
import io.vaultline.vault.model.QuarantineSpec;
import io.vaultline.vault.model.SameAsSpec;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.SetSpec;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How changes of one collection, in one shape, become vault rows: everything that is the same for each of them. */
final class EntityPlan {
    private final String entity;
    private final String recordSource;
    private final VaultTable truncation;
    private final boolean keyless;
    private final AnchorPlan anchor;
    private final PartPlan[] parts;
    private final Optional<SameAsPlan> sameAs;
    private final Optional<StatusPlan> status;

    EntityPlan(VaultTables tables, EntitySpec entity, CollectionSchema shape) {
        this.entity = entity.name();
        this.recordSource = shape.id().toString();
        this.truncation = tables.truncation();
        this.keyless = entity.schema().key().isEmpty();
        this.anchor = new AnchorPlan(tables, entity, shape);
        this.parts = parts(tables, entity, shape).toArray(PartPlan[]::new);
        this.sameAs = tables.model().sameAs(entity).map(spec -> new SameAsPlan(tables, spec, anchor));
        this.status = entity.statusTracking() ? Optional.of(new StatusPlan(tables.status(entity))) : Optional.empty();
    }

    private static List<PartPlan> parts(VaultTables tables, EntitySpec entity, CollectionSchema shape) {
        List<PartPlan> parts = new ArrayList<>();
        tables.model().links().stream()
                .filter(link -> link.collection().equals(shape.id()))
                .forEach(link -> parts.add(relation(tables, link, shape)));
        for (SameAsSpec sameAs : tables.model().sameAs()) {
            sameAs.merges().stream()
                    .filter(merges -> merges.collection().equals(shape.id()))
                    .forEach(merges -> parts.add(new MergesPlan(tables, sameAs, merges, shape)));
        }
        entity.satellites().forEach(satellite -> parts.add(satellite(tables, entity, satellite, shape)));
        for (SetSpec set : entity.sets()) {
            if (set instanceof MultiActiveSpec multiActive) {
                parts.add(new MultiActivePlan(tables, multiActive, shape));
            } else if (set instanceof QuarantineSpec quarantine) {
                parts.add(new QuarantinePlan(tables, quarantine, shape));
            }
        }
        return parts;
    }

    private static PartPlan satellite(
            VaultTables tables, EntitySpec entity, SatelliteSpec satellite, CollectionSchema shape) {
        return switch (satellite.kind()) {
            case SATELLITE -> new SatellitePlan(tables, entity, satellite, shape);
            case REFERENCE, EVENT -> new WholeRowPlan(tables, entity, satellite, shape);
        };
    }

    private static PartPlan relation(VaultTables tables, LinkSpec link, CollectionSchema shape) {
        return link.isDeclaredInDetail()
                ? new DocumentPlan(tables, link, shape)
                : new ForeignKeyPlan(tables, link, shape);
    }

    /**
     * Without a key, a row is what its values are: an update that leaves them is none, and any other is a row less and a
     * row more.
     *
     * @param before what the change says of the row before it, if anything, under the key that it had then
     */
    void version(DataChangeEvent event, Row sent, @Nullable Row before, HashContract hash, VaultRowSink sink) {
        if (keyless && event instanceof RowUpdated) {
            return;
        }
        Stamp stamp = Stamp.of(event.header(), recordSource);
        Row after = before == null ? sent : sent.completedBy(before);
        byte[] formerKey = event instanceof RowCreated ? otherKey(before, hash) : null;
        byte[] movedFrom = after.isPartial() ? formerKey : null;
        byte[] hashKey = anchor.hashKey(after, hash);
        anchor.write(after, hashKey, stamp, sink);
        sameAs.ifPresent(pairs -> pairs.version(event, hashKey, stamp, hash, sink));
        RowVersion version = new RowVersion(after, hashKey, movedFrom, stamp);
        for (PartPlan part : parts) {
            part.version(version, hash, sink);
        }
        status.ifPresent(plan -> plan.came(event, version, formerKey, sink));
    }

    private byte @Nullable [] otherKey(@Nullable Row row, HashContract hash) {
        return row == null ? null : anchor.hashKey(row, hash);
    }

    void deletion(DataChangeEvent event, Row before, HashContract hash, VaultRowSink sink) {
        Stamp stamp = Stamp.of(event.header(), recordSource);
        byte[] newKey = event instanceof RowDeleted deleted ? otherKey(deleted.movedTo(), hash) : null;
        byte[] hashKey = anchor.hashKey(before, hash);
        for (PartPlan part : parts) {
            part.gone(hashKey, stamp, hash, sink);
        }
        status.ifPresent(plan -> plan.went(hashKey, newKey, stamp, sink));
    }

    void truncation(DataChangeEvent event, VaultRowSink sink) {
        Stamp stamp = Stamp.of(event.header(), recordSource);
        sink.add(truncation, entity, stamp.position(), stamp.ordinal(), stamp.loadTs(), stamp.recordSource());
    }
}
