package io.vaultline.verify;

import io.vaultline.codec.ValueText;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.vault.hash.HashContract;
import java.util.stream.IntStream;

/** Hashes rows of one shape, by their key and by all of their values. For one thread. */
final class RowHasher {
    private final HashContract hash = new HashContract();
    private final DataType[] types;
    private final int[] keyIndexes;
    private final int[] allIndexes;

    RowHasher(CollectionSchema schema) {
        this.types = schema.columns().stream().map(column -> column.type()).toArray(DataType[]::new);
        this.keyIndexes = schema.keyIndexes();
        this.allIndexes = IntStream.range(0, types.length).toArray();
    }

    /** The hash of what identifies the row. */
    Checksum key(Row row) {
        return hash(row, keyIndexes);
    }

    /** The hash of all values; null, empty and unavailable differ. */
    Checksum content(Row row) {
        return hash(row, allIndexes);
    }

    /** The hash of each value by itself, 64 bits of it. */
    long[] columns(Row row) {
        long[] hashes = new long[types.length];
        for (int index : allIndexes) {
            hash.start();
            add(index, row);
            hashes[index] = Checksum.of(hash.hash()).low();
        }
        return hashes;
    }

    private Checksum hash(Row row, int[] indexes) {
        hash.start();
        for (int index : indexes) {
            add(index, row);
        }
        return Checksum.of(hash.hash());
    }

    /** No store holds what does not fit the column's type, so it is hashed as something else. */
    private void add(int index, Row row) {
        Object value = row.get(index);
        boolean fits = !(value instanceof String) || ValueText.fits(types[index], value);
        hash.value(fits ? types[index] : DataType.Simple.TEXT, value);
    }
}
