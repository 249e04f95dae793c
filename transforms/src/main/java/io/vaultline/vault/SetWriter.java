package io.vaultline.vault;

import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.SetSpec;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows of a multi-active satellite. */
final class SetWriter {
    /** The number of the row that says that there is no element. */
    private static final Long NONE = 0L;

    private static final int FIRST_COLUMN = 11;

    private final VaultTable table;
    private final byte[] noSubKey;

    SetWriter(VaultTables tables, SetSpec set) {
        this.table = tables.set(set);
        this.noSubKey = HashContract.zeroKey(tables.model().rules().algorithm());
    }

    /** An element; {@code values} are those of the satellite's columns. */
    void element(
            byte[] hashKey,
            byte[] subKey,
            Long number,
            byte[] difference,
            List<String> misfits,
            @Nullable Object[] values,
            Stamp stamp,
            VaultRowSink sink) {
        @Nullable Object[] row = row(hashKey, subKey, number, difference, false, misfits, null, stamp);
        System.arraycopy(values, 0, row, FIRST_COLUMN, values.length);
        sink.add(table, row);
    }

    /** The set is empty. */
    void empty(byte[] hashKey, List<String> misfits, Stamp stamp, HashContract hash, VaultRowSink sink) {
        sink.add(table, row(hashKey, noSubKey, NONE, nothing(hash), false, misfits, null, stamp));
    }

    /** The set is what it was under the key before. */
    void moved(byte[] hashKey, byte[] from, Stamp stamp, HashContract hash, VaultRowSink sink) {
        sink.add(table, row(hashKey, noSubKey, NONE, nothing(hash), false, List.of(), from, stamp));
    }

    /** The row that the set hung on is gone. */
    void gone(byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        sink.add(table, row(hashKey, noSubKey, NONE, nothing(hash), true, List.of(), null, stamp));
    }

    /** Stands for the sub-key of sets without one. */
    @SuppressWarnings("MutableArrayReturned") // put into rows, which nobody changes
    byte[] noSubKey() {
        return noSubKey;
    }

    private static byte[] nothing(HashContract hash) {
        return hash.hash(hash.mark());
    }

    private @Nullable Object[] row(
            byte[] hashKey,
            byte[] subKey,
            Long number,
            byte[] difference,
            boolean deleted,
            List<String> misfits,
            byte @Nullable [] movedFrom,
            Stamp stamp) {
        @Nullable
        Object[] start = {
            hashKey,
            stamp.position(),
            stamp.ordinal(),
            subKey,
            number,
            stamp.loadTs(),
            stamp.recordSource(),
            difference,
            deleted,
            misfits,
            movedFrom
        };
        return Arrays.copyOf(start, table.columns().size());
    }
}
