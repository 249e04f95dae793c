package io.vaultline.vault;

import io.vaultline.event.ChangeHeader;
import org.jspecify.annotations.Nullable;

/** What every vault row says about the change that it comes from, boxed once for all rows of the change. */
record Stamp(Long loadTs, String recordSource, Long position, Long ordinal) {
    static Stamp of(ChangeHeader header, String recordSource) {
        return new Stamp(
                header.commitMicros(),
                recordSource,
                header.order().commitPosition(),
                header.order().ordinal());
    }

    /** Puts what stands behind the key of a version into a row. */
    void head(@Nullable Object[] row) {
        row[1] = position;
        row[2] = ordinal;
        row[3] = loadTs;
        row[4] = recordSource;
    }

    /** Puts what stands behind the keys of a hub or link into a row. */
    void tail(@Nullable Object[] row, int at) {
        row[at] = loadTs;
        row[at + 1] = recordSource;
        row[at + 2] = position;
        row[at + 3] = ordinal;
    }
}
