package io.vaultline.demo.shop;

import java.math.BigDecimal;
import java.time.Instant;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Short names for making documents. */
final class Bson {
    private Bson() {}

    static BsonDocument doc(String name, BsonValue value) {
        return new BsonDocument(name, value);
    }

    static BsonDocument id(BsonValue id) {
        return doc("_id", id);
    }

    static BsonString text(String value) {
        return new BsonString(value);
    }

    static BsonDecimal128 decimal(BigDecimal value) {
        return new BsonDecimal128(new Decimal128(value));
    }

    static BsonDateTime time(Instant value) {
        return new BsonDateTime(value.toEpochMilli());
    }

    /** The same id for the same kind and number. */
    static ObjectId objectId(int kind, int number) {
        return new ObjectId(String.format("%08x%016x", 0x6560_0000 + kind, number));
    }
}
