package io.vaultline.verify;

import io.vaultline.event.CollectionSchema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Compares a collection's state in several stores with the source: first digests of everything, then, where they
 * differ, the rows of a few of the differing buckets once more to name them.
 */
public final class StateComparison {
    /** The most rows whose keys are held at once to name differences, as far as one bucket is not larger. */
    private static final long MAX_ROWS_HELD = 200_000;

    private final StateReader source;
    private final List<StateReader> stores;
    private final int namedRows;

    /** @param namedRows how many differing rows of a collection and store are named at most */
    public StateComparison(StateReader source, List<StateReader> stores, int namedRows) {
        this.source = source;
        this.stores = List.copyOf(stores);
        this.namedRows = namedRows;
    }

    /** Reads the source alone, for a comparison later. */
    public StateDigest digestSource(CollectionSchema schema, long commitPosition) {
        return digest(source, schema, commitPosition);
    }

    /**
     * Reads the stores and compares.
     *
     * @param expected what the source added up to at the same position
     */
    public CollectionComparison compare(CollectionSchema schema, long commitPosition, StateDigest expected) {
        List<StoreComparison> comparisons = new ArrayList<>();
        for (StateReader store : stores) {
            StateDigest actual = digest(store, schema, commitPosition);
            BitSet differing = few(expected.differingBuckets(actual), expected, actual);
            List<Difference> differences =
                    differing.isEmpty() ? List.of() : name(store, schema, commitPosition, differing);
            comparisons.add(new StoreComparison(store.store(), actual.rows(), differing.isEmpty(), differences));
        }
        return new CollectionComparison(schema.id(), expected.rows(), comparisons);
    }

    private List<Difference> name(StateReader store, CollectionSchema schema, long position, BitSet buckets) {
        DifferenceFinder finder = new DifferenceFinder(schema, buckets);
        source.read(schema, position, finder::expect);
        store.read(schema, position, finder::found);
        return finder.differences(namedRows);
    }

    private static StateDigest digest(StateReader reader, CollectionSchema schema, long position) {
        StateDigest digest = new StateDigest(schema);
        reader.read(schema, position, digest::add);
        return digest;
    }

    /** The first of the buckets, at least one, as many as can be held. */
    private static BitSet few(BitSet buckets, StateDigest expected, StateDigest actual) {
        BitSet few = new BitSet(StateDigest.BUCKETS);
        long held = 0;
        for (int bucket = buckets.nextSetBit(0); bucket >= 0; bucket = buckets.nextSetBit(bucket + 1)) {
            held += Math.max(expected.rows(bucket), actual.rows(bucket));
            if (held > MAX_ROWS_HELD && !few.isEmpty()) {
                return few;
            }
            few.set(bucket);
        }
        return few;
    }
}
