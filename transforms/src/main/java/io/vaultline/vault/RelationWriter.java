package io.vaultline.vault;

import io.vaultline.event.Unavailable;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.LinkColumn;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one link and of its satellites. */
final class RelationWriter {
    private static final int UNAVAILABLE = 8;
    private static final int FIRST_ATTRIBUTE = 9;

    private final VaultTable link;
    private final VaultTable effectivity;
    private final byte[] noRelation;
    /** Null if nothing describes the relations. */
    private final @Nullable VaultTable satellite;

    private final LinkColumn[] attributes;
    /** Places in {@link #attributes} in the order in which the hash difference takes them. */
    private final int[] hashOrder;

    RelationWriter(VaultTables tables, LinkSpec spec) {
        this.link = tables.link(spec);
        this.effectivity = tables.effectivity(spec);
        this.noRelation = HashContract.zeroKey(tables.model().rules().algorithm());
        this.satellite = spec.attributes().isEmpty() ? null : tables.satellite(spec);
        this.attributes = spec.attributes().toArray(LinkColumn[]::new);
        this.hashOrder = IntStream.range(0, attributes.length)
                .boxed()
                .sorted(Comparator.comparing(
                        i -> attributes[i].name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** A relation between the driving row and one other. */
    void related(RowVersion driving, byte[] target, byte[] linkKey, VaultRowSink sink) {
        related(driving, new byte[][] {target}, new @Nullable Object[0], linkKey, sink);
    }

    /**
     * @param targets hash keys of the ends beside the driving one
     * @param degenerate keys that belong to no hub
     */
    void related(
            RowVersion driving, byte[][] targets, @Nullable Object[] degenerate, byte[] linkKey, VaultRowSink sink) {
        @Nullable Object[] values = new @Nullable Object[link.columns().size()];
        values[0] = linkKey;
        values[1] = driving.hashKey();
        System.arraycopy(targets, 0, values, 2, targets.length);
        System.arraycopy(degenerate, 0, values, 2 + targets.length, degenerate.length);
        driving.stamp().tail(values, 2 + targets.length + degenerate.length);
        sink.add(link, values);
        effectivity(driving.hashKey(), linkKey, true, driving.stamp(), sink);
    }

    /**
     * Writes what describes a relation, if anything does.
     *
     * @param linkKey of the relation; zero if there is none
     * @param number of the row among those that describe this relation, from 1; 0 if there is none
     * @param unit holds the attributes from {@code first} on
     * @param hash is used for the hash difference; its parts are as before afterwards
     */
    void described(
            RowVersion driving,
            byte[] linkKey,
            long number,
            @Nullable Object[] unit,
            int first,
            HashContract hash,
            VaultRowSink sink) {
        if (satellite == null) {
            return;
        }
        Stamp stamp = driving.stamp();
        @Nullable Object[] values = new @Nullable Object[FIRST_ATTRIBUTE + attributes.length];
        values[0] = driving.hashKey();
        values[1] = linkKey;
        values[2] = stamp.position();
        values[3] = stamp.ordinal();
        values[4] = number;
        values[5] = stamp.loadTs();
        values[6] = stamp.recordSource();
        values[7] = difference(unit, first, hash);
        List<String> unavailable = new ArrayList<>();
        for (int i = 0; i < attributes.length; i++) {
            Object value = unit[first + i];
            values[FIRST_ATTRIBUTE + i] = value == Unavailable.VALUE ? null : value;
            if (value == Unavailable.VALUE) {
                unavailable.add(attributes[i].name());
            }
        }
        values[UNAVAILABLE] = unavailable;
        sink.add(satellite, values);
    }

    private byte[] difference(@Nullable Object[] unit, int first, HashContract hash) {
        int mark = hash.mark();
        for (int place : hashOrder) {
            Object value = unit[first + place];
            if (value != null) {
                hash.text(attributes[place].name()).value(attributes[place].type(), value);
            }
        }
        byte[] difference = hash.hash(mark);
        hash.back(mark);
        return difference;
    }

    /** Writes down what the driving row says although it has no relation, for changes that do not send it again. */
    void describedAlone(RowVersion driving, @Nullable Object[] unit, int first, HashContract hash, VaultRowSink sink) {
        described(driving, noRelation, 0, unit, first, hash, sink);
    }

    void unrelated(byte[] driving, Stamp stamp, VaultRowSink sink) {
        effectivity(driving, noRelation, false, stamp, sink);
    }

    private void effectivity(byte[] driving, byte[] linkKey, boolean active, Stamp stamp, VaultRowSink sink) {
        sink.add(
                effectivity,
                driving,
                linkKey,
                stamp.position(),
                stamp.ordinal(),
                active,
                stamp.loadTs(),
                stamp.recordSource());
    }
}
