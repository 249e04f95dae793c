package io.vaultline.vault;

import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.vault.QuarantinePlace.Finding;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.QuarantineSpec;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How rows of one shape become sets of what did not fit: for each place all of it, or a row that says nothing did. */
public final class QuarantinePlan implements PartPlan {
    private static final Finding NONE = new Finding("", "", "");

    private final VaultTable table;
    private final List<QuarantinePlace> places;

    QuarantinePlan(VaultTables tables, QuarantineSpec spec, CollectionSchema shape) {
        this.table = tables.set(spec);
        this.places = places(tables, spec, shape);
    }

    private static List<QuarantinePlace> places(VaultTables tables, QuarantineSpec spec, CollectionSchema shape) {
        List<QuarantinePlace> places = new ArrayList<>();
        spec.arrays().forEach(array -> places.add(new ArrayPlace(array, shape)));
        tables.model().links().stream()
                .filter(link -> link.collection().equals(shape.id()) && isById(link))
                .forEach(link -> places.add(new IdPlace(tables, link, shape)));
        if (shape.kind() == CollectionKind.DOCUMENTS) {
            places.add(new MisfitPlace(shape));
        }
        return places;
    }

    /** Whether values that a path leads to name the link's ends. */
    public static boolean isById(LinkSpec link) {
        return link.origin() == LinkSpec.Origin.DOCUMENT_ID;
    }

    @Override
    public void version(RowVersion version, HashContract hash, VaultRowSink sink) {
        for (QuarantinePlace place : places) {
            Optional<List<Finding>> found = place.find(version.row());
            if (found.isPresent()) {
                state(place, found.get(), version, sink);
            } else if (version.movedFrom() != null) {
                add(place, 0, NONE, false, version.movedFrom(), version.hashKey(), version.stamp(), sink);
            }
        }
    }

    private void state(QuarantinePlace place, List<Finding> found, RowVersion version, VaultRowSink sink) {
        if (found.isEmpty()) {
            add(place, 0, NONE, false, null, version.hashKey(), version.stamp(), sink);
        }
        for (int i = 0; i < found.size(); i++) {
            add(place, i + 1L, found.get(i), false, null, version.hashKey(), version.stamp(), sink);
        }
    }

    @Override
    public void gone(byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        places.forEach(place -> add(place, 0, NONE, true, null, hashKey, stamp, sink));
    }

    private void add(
            QuarantinePlace place,
            long number,
            Finding finding,
            boolean deleted,
            byte @Nullable [] movedFrom,
            byte[] hashKey,
            Stamp stamp,
            VaultRowSink sink) {
        boolean none = number == 0;
        sink.add(
                table,
                hashKey,
                place.name(),
                stamp.position(),
                stamp.ordinal(),
                number,
                stamp.loadTs(),
                stamp.recordSource(),
                deleted,
                movedFrom,
                none ? null : finding.path(),
                none ? null : finding.reason(),
                none ? null : finding.value());
    }
}
