package io.vaultline.capture.mongo;

import org.bson.BsonDocument;

/**
 * Whether a change stream's answer without events says anything. The first answers after each opening may only repeat
 * where it was opened, which can be in the middle of a transaction: then the server has not looked yet.
 */
final class FirstLook {
    private long opened;
    private boolean looked;

    /** The stream is opened behind a token. */
    void open(BsonDocument token) {
        opened = ClusterTime.of(token);
        looked = false;
    }

    /**
     * Takes an answer in.
     *
     * @param cursor what it says of the cursor
     */
    boolean isSaid(BsonDocument cursor) {
        looked = looked
                || !cursor.getArray("nextBatch").isEmpty()
                || ClusterTime.of(cursor.getDocument("postBatchResumeToken")) > opened;
        return looked;
    }
}
