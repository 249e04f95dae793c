package io.vaultline.event;

/**
 * The place of a change in the total order of its source's changes; the version of every row that we write.
 *
 * @param commitPosition PostgreSQL: LSN of the transaction's commit, or of the snapshot's consistent point; MongoDB: the
 *     cluster time as 64 bits, seconds above increment. Never negative.
 * @param ordinal place within the commit, from 1; 0 for rows read by a snapshot
 */
public record CommitOrder(long commitPosition, long ordinal) implements Comparable<CommitOrder> {
    public CommitOrder {
        if (commitPosition < 0 || ordinal < 0) {
            throw new IllegalArgumentException("commit order can't be negative: " + commitPosition + ", " + ordinal);
        }
    }

    @Override
    public int compareTo(CommitOrder other) {
        int byPosition = Long.compare(commitPosition, other.commitPosition);
        return byPosition != 0 ? byPosition : Long.compare(ordinal, other.ordinal);
    }
}
