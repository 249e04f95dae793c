package io.vaultline.capture.mongo;

import io.debezium.connector.mongodb.ResumeTokens;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;

/**
 * Cluster times as 64 bits, seconds above increment, and the connector's offsets that hold them.
 *
 * <p>An offset has the resume token behind which the stream goes on. The connector writes the cluster time beside it, or
 * −1 where the token did not come with an event.
 */
final class ClusterTime {
    private static final String SECONDS = "sec";
    private static final String INCREMENT = "ord";
    private static final String TOKEN = "resume_token";
    private static final long MICROS = 1_000_000L;

    private ClusterTime() {}

    /** The connector's offset behind a token. */
    static Map<String, Object> offset(BsonDocument token) {
        BsonTimestamp time = ResumeTokens.getTimestamp(token);
        return Map.of(
                SECONDS, (long) time.getTime(), INCREMENT, (long) time.getInc(), TOKEN, ResumeTokens.toBase64(token));
    }

    /** The same without what is said of the event's session. */
    static Map<String, Object> offset(Map<String, ?> offset) {
        return offset(token(offset));
    }

    /** The time in a token. */
    static long of(BsonDocument token) {
        return ResumeTokens.getTimestamp(token).getValue();
    }

    /** The time in an offset's token. */
    static long of(Map<String, ?> offset) {
        return ResumeTokens.getTimestamp(token(offset)).getValue();
    }

    /** The token in an offset. */
    static BsonDocument token(Map<String, ?> offset) {
        return ResumeTokens.fromBase64(String.valueOf(offset.get(TOKEN)));
    }

    /** Whether an offset came without an event: the server had nothing more at that moment. */
    static boolean isWithoutEvent(Map<String, ?> offset) {
        return offset.get(SECONDS) instanceof Number seconds && seconds.longValue() < 0;
    }

    /** The beginning of the time's second, microseconds since the epoch. */
    static long micros(long time) {
        return (time >>> 32) * MICROS;
    }
}
