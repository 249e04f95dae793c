package io.vaultline.event;

/** Where in a source's log a reader stands. */
public sealed interface SourcePosition {
    /** The commit that this position belongs to, comparable within one source. */
    long commitPosition();

    /**
     * A place in a PostgreSQL write-ahead log.
     *
     * @param commitLsn LSN of the commit record
     * @param lsn LSN of the change itself
     * @param txId transaction id of 32 bits, 0 where unknown
     */
    record PostgresPosition(long commitLsn, long lsn, long txId) implements SourcePosition {
        @Override
        public long commitPosition() {
            return commitLsn;
        }
    }

    /**
     * A place in a MongoDB oplog.
     *
     * @param clusterTime seconds in the upper, increment in the lower 32 bits
     * @param ordinal changes already seen at this cluster time
     * @param resumeToken opaque, as the server gave it
     */
    record MongoPosition(long clusterTime, long ordinal, String resumeToken) implements SourcePosition {
        @Override
        public long commitPosition() {
            return clusterTime;
        }
    }
}
