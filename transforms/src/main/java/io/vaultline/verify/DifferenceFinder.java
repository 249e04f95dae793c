package io.vaultline.verify;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.Row;
import io.vaultline.verify.Difference.Kind;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Names the rows that differ: holds the keys of a few buckets, so it is fed when digests have shown which. Rows that
 * occur several times, as those of keyless tables can, are counted. For one thread.
 */
final class DifferenceFinder {
    private final RowHasher hasher;
    private final List<Column> columns;
    private final BitSet buckets;
    private final Map<Checksum, Balance> balances = new LinkedHashMap<>();

    /** @param buckets the buckets whose rows are compared; other rows are passed over */
    DifferenceFinder(CollectionSchema schema, BitSet buckets) {
        this.hasher = new RowHasher(schema);
        this.columns = schema.columns();
        this.buckets = buckets;
    }

    /** Takes in a row of the source. */
    void expect(Row row) {
        add(row, 1);
    }

    /** Takes in a row of the store. */
    void found(Row row) {
        add(row, -1);
    }

    /** The first differences, in the order in which their keys were first seen. */
    List<Difference> differences(int limit) {
        Collection<Balance> all = balances.values();
        return all.stream().flatMap(this::difference).limit(limit).toList();
    }

    private void add(Row row, int sign) {
        Checksum key = hasher.key(row);
        if (buckets.get(StateDigest.bucketOf(key))) {
            balances.computeIfAbsent(key, first -> new Balance(KeyText.of(row), columns.size()))
                    .add(hasher.columns(row), sign);
        }
    }

    private Stream<Difference> difference(Balance balance) {
        if (balance.rows != 0) {
            Kind kind = balance.rows > 0 ? Kind.MISSING : Kind.EXTRA;
            return Stream.of(new Difference(kind, balance.key));
        }
        List<String> differing = IntStream.range(0, balance.sums.length)
                .filter(index -> balance.sums[index] != 0)
                .mapToObj(index -> columns.get(index).name())
                .toList();
        return differing.isEmpty() ? Stream.empty() : Stream.of(new Difference(Kind.DIFFERENT, balance.key, differing));
    }

    /** What the source has more than the store under one key: rows, and for each column the sum of its values' hashes. */
    private static final class Balance {
        private final String key;
        private final long[] sums;
        private long rows;

        Balance(String key, int columns) {
            this.key = key;
            this.sums = new long[columns];
        }

        void add(long[] hashes, int sign) {
            rows += sign;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += sign * hashes[i];
            }
        }
    }
}
