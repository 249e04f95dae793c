package io.vaultline.verify;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import java.util.BitSet;
import java.util.stream.LongStream;

/**
 * What the rows of a collection add up to, in whatever order they come and in constant memory: for each of
 * {@value #BUCKETS} buckets of keys, how many rows there are and the sum of the hashes of their contents. For one
 * thread.
 */
public final class StateDigest {
    /** How many buckets the keys are spread over. */
    public static final int BUCKETS = 4096;

    private final RowHasher hasher;
    private final long[] rows = new long[BUCKETS];
    private final long[] high = new long[BUCKETS];
    private final long[] low = new long[BUCKETS];

    /** @param schema the shape of the rows to come */
    public StateDigest(CollectionSchema schema) {
        this.hasher = new RowHasher(schema);
    }

    /** Takes a row in. */
    public void add(Row row) {
        int bucket = bucketOf(hasher.key(row));
        Checksum sum = checksum(bucket).plus(hasher.content(row));
        rows[bucket]++;
        high[bucket] = sum.high();
        low[bucket] = sum.low();
    }

    /** How many rows were taken in. */
    public long rows() {
        return LongStream.of(rows).sum();
    }

    /** How many rows of a bucket were taken in. */
    long rows(int bucket) {
        return rows[bucket];
    }

    /** The buckets in which the two differ; none if both took in the same rows. */
    public BitSet differingBuckets(StateDigest other) {
        BitSet differing = new BitSet(BUCKETS);
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            boolean same =
                    rows[bucket] == other.rows[bucket] && checksum(bucket).equals(other.checksum(bucket));
            differing.set(bucket, !same);
        }
        return differing;
    }

    /** Whether both took in the same rows, each as many times. */
    public boolean sameAs(StateDigest other) {
        return differingBuckets(other).isEmpty();
    }

    static int bucketOf(Checksum key) {
        return (int) (key.high() & BUCKETS - 1);
    }

    private Checksum checksum(int bucket) {
        return new Checksum(high[bucket], low[bucket]);
    }
}
