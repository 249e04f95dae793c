package io.vaultline.capture.mongo;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.bson.BsonDocument;

/** Names of the server's transactions. */
final class Transactions {
    private Transactions() {}

    /** The session's UUID and the number within it. */
    static String name(BsonDocument session, long number) {
        ByteBuffer id = ByteBuffer.wrap(session.getBinary("id").getData());
        return new UUID(id.getLong(), id.getLong()) + ":" + number;
    }
}
