package io.vaultline.iceberg.write;

import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.jspecify.annotations.Nullable;

/**
 * Lets a commit pass only if the table's newest mark is the expected one. Iceberg asks before each attempt, on the
 * state that the attempt would replace, so that check and commit are one.
 */
final class MarkCheck implements SnapshotAncestryValidator {

    /**
     * The commit is in the table already: an attempt succeeded whose answer was lost. Not a kind of failure after
     * which Iceberg deletes the files that the attempt wrote, since those are in use.
     */
    static final class AlreadyCommitted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AlreadyCommitted() {
            super("committed by an earlier attempt");
        }
    }

    private final Optional<OffsetsMark> expected;
    private final String commitId;
    private @Nullable String refusal;

    MarkCheck(Optional<OffsetsMark> expected, String commitId) {
        this.expected = expected;
        this.commitId = commitId;
    }

    @Override
    public boolean validate(Iterable<Snapshot> ancestry) {
        Optional<OffsetsMark> newest = OffsetsMark.newest(ancestry);
        if (newest.filter(mark -> mark.commitId().equals(commitId)).isPresent()) {
            throw new AlreadyCommitted();
        }
        if (newest.equals(expected)) {
            return true;
        }
        refusal = "the table is at " + offsets(newest) + ", this writer at " + offsets(expected);
        return false;
    }

    /** What another writer has done, if that is why the commit was refused. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public String errorMessage() {
        return refusal == null ? "" : refusal;
    }

    private static String offsets(Optional<OffsetsMark> mark) {
        return mark.map(present -> present.offsets().toString()).orElse("no offsets");
    }
}
