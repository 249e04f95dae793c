package io.vaultline.vault;

import io.vaultline.event.ChangeHeader;

/** What every vault row says about the change that it comes from, boxed once for all rows of the change. */
record Stamp(Long loadTs, String recordSource, Long position, Long ordinal) {
    static Stamp of(ChangeHeader header, String recordSource) {
        return new Stamp(
                header.commitMicros(),
                recordSource,
                header.order().commitPosition(),
                header.order().ordinal());
    }
}
