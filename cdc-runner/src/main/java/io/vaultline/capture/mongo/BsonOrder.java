package io.vaultline.capture.mongo;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDbPointer;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * The order in which the server's indexes have values without a collation, as its documentation's chapter on comparison
 * and sorting says: first by groups of types, then by value; numbers of all types are one group.
 */
final class BsonOrder implements Comparator<BsonValue> {
    private static final int NUMBER = 10;

    @Override
    public int compare(BsonValue left, BsonValue right) {
        int byGroup = Integer.compare(group(left.getBsonType()), group(right.getBsonType()));
        return byGroup != 0 ? byGroup : compareAlike(left, right);
    }

    private static int group(BsonType type) {
        return switch (type) {
            case MIN_KEY -> -1;
            case END_OF_DOCUMENT, UNDEFINED -> 0;
            case NULL -> 5;
            case DOUBLE, INT32, INT64, DECIMAL128 -> NUMBER;
            case STRING, SYMBOL -> 15;
            case DOCUMENT -> 20;
            case ARRAY -> 25;
            case BINARY -> 30;
            case OBJECT_ID -> 35;
            case BOOLEAN -> 40;
            case DATE_TIME -> 45;
            case TIMESTAMP -> 47;
            case REGULAR_EXPRESSION -> 50;
            case DB_POINTER -> 55;
            case JAVASCRIPT -> 60;
            case JAVASCRIPT_WITH_SCOPE -> 65;
            case MAX_KEY -> 127;
        };
    }

    private int compareAlike(BsonValue left, BsonValue right) {
        return switch (left.getBsonType()) {
            case DOUBLE, INT32, INT64, DECIMAL128 -> numbers(left, right);
            case STRING, SYMBOL -> texts(text(left), text(right));
            case DOCUMENT -> documents(left.asDocument(), right.asDocument());
            case ARRAY -> lists(left.asArray().iterator(), right.asArray().iterator());
            case BINARY -> binaries(left.asBinary(), right.asBinary());
            case OBJECT_ID ->
                Arrays.compareUnsigned(
                        left.asObjectId().getValue().toByteArray(),
                        right.asObjectId().getValue().toByteArray());
            case BOOLEAN ->
                Boolean.compare(left.asBoolean().getValue(), right.asBoolean().getValue());
            case DATE_TIME ->
                Long.compare(left.asDateTime().getValue(), right.asDateTime().getValue());
            case TIMESTAMP ->
                Long.compareUnsigned(
                        left.asTimestamp().getValue(), right.asTimestamp().getValue());
            case REGULAR_EXPRESSION -> expressions(left.asRegularExpression(), right.asRegularExpression());
            case DB_POINTER -> pointers(left.asDBPointer(), right.asDBPointer());
            case JAVASCRIPT ->
                texts(left.asJavaScript().getCode(), right.asJavaScript().getCode());
            case JAVASCRIPT_WITH_SCOPE -> {
                int byCode = texts(
                        left.asJavaScriptWithScope().getCode(),
                        right.asJavaScriptWithScope().getCode());
                yield byCode != 0
                        ? byCode
                        : documents(
                                left.asJavaScriptWithScope().getScope(),
                                right.asJavaScriptWithScope().getScope());
            }
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY, END_OF_DOCUMENT -> 0;
        };
    }

    private static String text(BsonValue value) {
        return value.isString() ? value.asString().getValue() : value.asSymbol().getSymbol();
    }

    private static int texts(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    /** Not a number comes first, then the numbers, exactly compared, between the infinities. */
    private static int numbers(BsonValue left, BsonValue right) {
        int byRank = Integer.compare(rank(left), rank(right));
        return byRank != 0 || rank(left) != 0 ? byRank : exact(left).compareTo(exact(right));
    }

    private static int rank(BsonValue number) {
        if (number.isDouble()) {
            double value = number.asDouble().getValue();
            return rank(Double.isNaN(value), Double.isInfinite(value), value < 0);
        } else if (number.isDecimal128()) {
            Decimal128 value = number.asDecimal128().getValue();
            return rank(value.isNaN(), value.isInfinite(), value.isNegative());
        }
        return 0;
    }

    private static int rank(boolean isNone, boolean isInfinite, boolean isNegative) {
        if (isNone) {
            return -2;
        }
        return !isInfinite ? 0 : isNegative ? -1 : 1;
    }

    private static BigDecimal exact(BsonValue number) {
        if (number.isDouble()) {
            return new BigDecimal(number.asDouble().getValue());
        } else if (number.isDecimal128()) {
            Decimal128 value = number.asDecimal128().getValue();
            try {
                return value.bigDecimalValue();
            } catch (ArithmeticException e) {
                return BigDecimal.ZERO; // a negative zero, which BigDecimal has not
            }
        }
        return BigDecimal.valueOf(number.asNumber().longValue());
    }

    /** Field by field: the type's group, then the name, then the value; the shorter one first. */
    private int documents(BsonDocument left, BsonDocument right) {
        Iterator<Map.Entry<String, BsonValue>> others = right.entrySet().iterator();
        for (Map.Entry<String, BsonValue> field : left.entrySet()) {
            if (!others.hasNext()) {
                return 1;
            }
            int byField = fields(field, others.next());
            if (byField != 0) {
                return byField;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    private int fields(Map.Entry<String, BsonValue> left, Map.Entry<String, BsonValue> right) {
        int byGroup = Integer.compare(
                group(left.getValue().getBsonType()), group(right.getValue().getBsonType()));
        if (byGroup != 0) {
            return byGroup;
        }
        int byName = texts(left.getKey(), right.getKey());
        return byName != 0 ? byName : compareAlike(left.getValue(), right.getValue());
    }

    private int lists(Iterator<BsonValue> left, Iterator<BsonValue> right) {
        while (left.hasNext() && right.hasNext()) {
            int byItem = compare(left.next(), right.next());
            if (byItem != 0) {
                return byItem;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    /** By length, then subtype, then bytes. The old subtype's length counts the second length that it has. */
    private static int binaries(BsonBinary left, BsonBinary right) {
        int byLength = Integer.compare(length(left), length(right));
        if (byLength != 0) {
            return byLength;
        }
        int byType = Integer.compare(left.getType() & 0xFF, right.getType() & 0xFF);
        return byType != 0 ? byType : Arrays.compareUnsigned(left.getData(), right.getData());
    }

    private static int length(BsonBinary binary) {
        return binary.getData().length + (binary.getType() == 2 ? Integer.BYTES : 0);
    }

    private static int expressions(BsonRegularExpression left, BsonRegularExpression right) {
        int byPattern = texts(left.getPattern(), right.getPattern());
        return byPattern != 0 ? byPattern : texts(left.getOptions(), right.getOptions());
    }

    private static int pointers(BsonDbPointer left, BsonDbPointer right) {
        int byLength = Integer.compare(
                left.getNamespace().getBytes(StandardCharsets.UTF_8).length,
                right.getNamespace().getBytes(StandardCharsets.UTF_8).length);
        int byName = byLength != 0 ? byLength : texts(left.getNamespace(), right.getNamespace());
        return byName != 0
                ? byName
                : Arrays.compareUnsigned(
                        left.getId().toByteArray(), right.getId().toByteArray());
    }
}
