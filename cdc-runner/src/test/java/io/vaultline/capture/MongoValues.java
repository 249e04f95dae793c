package io.vaultline.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Documents of every BSON type, with their extreme values. */
public final class MongoValues {
    private static final ObjectId OBJECT_ID = new ObjectId("65a000000000000000000001");

    /** Fields, each with values that meet in it; both engines can read them. */
    static final Map<String, List<BsonValue>> FIELDS = Map.ofEntries(
            Map.entry("text", List.of(new BsonString(""), new BsonString("\uD83D\uDE00 \"\\\n\u0000"))),
            Map.entry("id", List.of(new BsonObjectId(OBJECT_ID))),
            Map.entry("small", List.of(new BsonInt32(-1), new BsonInt64(Long.MIN_VALUE), new BsonDouble(3.0))),
            Map.entry("large", List.of(new BsonInt64(1L << 60), new BsonString("misfit"))),
            Map.entry(
                    "number",
                    List.of(
                            new BsonDouble(-0.0),
                            new BsonDouble(Double.NaN),
                            new BsonDouble(Double.MIN_VALUE),
                            new BsonInt32(7))),
            Map.entry("flag", List.of(BsonBoolean.TRUE, new BsonInt32(1))),
            Map.entry("at", List.of(new BsonDateTime(-1), new BsonDateTime(1_700_000_000_123L))),
            Map.entry("price", List.of(decimal("1.50"), decimal("NaN"), decimal("1E+30"))),
            Map.entry("bytes", List.of(new BsonBinary(new byte[] {0, -1, 10}), new BsonBinary((byte) 5, new byte[16]))),
            Map.entry("uuid", List.of(new BsonBinary(BsonBinarySubType.UUID_STANDARD, new byte[16]))),
            Map.entry(
                    "nested",
                    List.of(
                            BsonDocument.parse("{a: {$numberLong: '5'}, b: [1, 2.0, {c: null}], d: {$date: 5}}"),
                            new BsonArray(),
                            new BsonRegularExpression("a.*", "i"))),
            Map.entry("other", List.of(new BsonTimestamp(5, 6), new BsonMaxKey())),
            Map.entry("empty", List.of(BsonNull.VALUE, new BsonString("late"))));

    /** Values of every type, ends of their ranges, and what their column can't hold. */
    private static final List<BsonValue> EVERY = List.of(
            new BsonString(""),
            new BsonString("\uD83D\uDE00 '\"\\N\n\u0000\u0001"),
            new BsonObjectId(OBJECT_ID),
            new BsonInt32(0),
            new BsonInt32(Integer.MIN_VALUE),
            new BsonInt64(0),
            new BsonInt64(Long.MAX_VALUE),
            new BsonDouble(0.0),
            new BsonDouble(-0.0),
            new BsonDouble(Double.NaN),
            new BsonDouble(Double.NEGATIVE_INFINITY),
            new BsonDouble(Double.MAX_VALUE),
            decimal("0"),
            decimal("-0"),
            decimal("9999999999999999999999999999"),
            decimal("-0.0000000001"),
            decimal("0.00000000001"),
            decimal("1E+6144"),
            decimal("Infinity"),
            BsonBoolean.FALSE,
            BsonBoolean.TRUE,
            new BsonDateTime(0),
            new BsonDateTime(-62_135_596_800_001L),
            new BsonDateTime(253_402_300_800_000L),
            new BsonDateTime(9_223_372_036_854_775L),
            new BsonDateTime(Long.MIN_VALUE),
            new BsonBinary(new byte[0]),
            new BsonBinary(new byte[] {0, -1, 127, -128, (byte) 0xC3, 0x28}),
            new BsonBinary(new UUID(-1, -1)),
            new BsonBinary((byte) 3, new byte[16]),
            new BsonBinary((byte) -128, new byte[] {1}),
            new BsonDocument(),
            BsonDocument.parse("{a: {b: [{c: {$numberLong: '5'}}, null, {$numberDecimal: '1.50'}]}, '': 1.0}"),
            new BsonArray(),
            new BsonArray(List.of(BsonNull.VALUE, new BsonString(""), new BsonInt32(0), new BsonArray())),
            new BsonTimestamp(-1, -1),
            new BsonRegularExpression("a\"/\\.*\u20ac", "imx"),
            new BsonJavaScript("function() { return \"x\"; }"),
            new BsonJavaScriptWithScope("f", BsonDocument.parse("{a: 1}")),
            new BsonSymbol("sym \n"),
            new BsonDbPointer("db.c", OBJECT_ID),
            new BsonUndefined(),
            new BsonMinKey(),
            new BsonMaxKey(),
            BsonNull.VALUE);

    private static final List<String> NAMES = List.of(
            "",
            " ",
            "a",
            "A",
            "a.b",
            "$x",
            "$date",
            "$$y",
            "\u00e9",
            "0",
            "\uD83D\uDE00",
            "`b'\"",
            "c\\d",
            "_misfits",
            "hashdiff",
            "valid_from",
            "unavailable",
            "_cdc_operation",
            "a__int");

    private MongoValues() {}

    private static BsonDecimal128 decimal(String number) {
        return new BsonDecimal128(Decimal128.parse(number));
    }

    /** Five documents of {@link #FIELDS}, with ids from a number on. */
    static List<BsonDocument> documents(int firstId) {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            BsonDocument document = new BsonDocument("_id", new BsonInt32(firstId + i));
            for (Map.Entry<String, List<BsonValue>> field : FIELDS.entrySet()) {
                if (i < field.getValue().size()) {
                    document.append(field.getKey(), field.getValue().get(i));
                }
            }
            documents.add(document);
        }
        return documents;
    }

    /**
     * A document with a field for each value, and for each distance one in which all fields hold the value that stands so
     * many places further on: what the column was not made for.
     */
    public static List<BsonDocument> ofEveryType(int firstId, int... distances) {
        List<BsonDocument> documents = new ArrayList<>();
        for (int distance : distances) {
            BsonDocument document = new BsonDocument("_id", new BsonInt32(firstId + distance));
            for (int i = 0; i < EVERY.size(); i++) {
                document.append("f" + i, EVERY.get((i + distance) % EVERY.size()));
            }
            documents.add(document);
        }
        return documents;
    }

    /** Two documents with fields whose names mean something elsewhere, or differ by case only. */
    public static List<BsonDocument> oddlyNamed(int firstId) {
        List<BsonDocument> documents = new ArrayList<>();
        for (int id = firstId; id < firstId + 2; id++) {
            BsonDocument document = new BsonDocument("_id", new BsonInt32(id));
            for (String name : NAMES) {
                document.append(name, id == firstId ? new BsonInt32(id) : new BsonString(name));
            }
            documents.add(document);
        }
        return documents;
    }

    /** How many values there are. */
    public static int count() {
        return EVERY.size();
    }
}
