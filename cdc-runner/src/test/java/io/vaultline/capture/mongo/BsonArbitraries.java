package io.vaultline.capture.mongo;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.bson.BsonArray;
import org.bson.BsonBinary;
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

/** Documents of every BSON type, with few field names, so that types meet in one field. */
final class BsonArbitraries {
    private BsonArbitraries() {}

    static Arbitrary<BsonDocument> documents() {
        return Combinators.combine(ids(), fields(values(2), 6)).as((id, fields) -> {
            BsonDocument document = new BsonDocument("_id", id);
            document.putAll(fields);
            return document;
        });
    }

    /** What the server takes for an {@code _id}. */
    static Arbitrary<BsonValue> ids() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, scalars()),
                net.jqwik.api.Tuple.of(1, fields(scalars(), 2).map(fields -> {
                    BsonDocument id = new BsonDocument();
                    fields.forEach((name, value) -> id.append(name.replace("$", "_"), value));
                    return (BsonValue) id;
                })));
    }

    private static Arbitrary<Map<String, BsonValue>> fields(Arbitrary<BsonValue> values, int most) {
        Arbitrary<String> names = Arbitraries.of(
                "a",
                "b",
                "c",
                "d",
                "e",
                "",
                "a.b",
                "$x",
                "$date",
                "$$y",
                "\u00e9",
                "_misfits",
                "A",
                "0",
                "\uD83D\uDE00");
        return Arbitraries.maps(names, values).ofMaxSize(most);
    }

    static Arbitrary<BsonValue> values(int depth) {
        if (depth == 0) {
            return scalars();
        }
        Arbitrary<BsonValue> deeper = values(depth - 1);
        Arbitrary<BsonValue> nested = fields(deeper, 3).map(fields -> {
            BsonDocument document = new BsonDocument();
            document.putAll(fields);
            return document;
        });
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(5, scalars()),
                net.jqwik.api.Tuple.of(1, nested),
                net.jqwik.api.Tuple.of(1, deeper.list().ofMaxSize(12).map(BsonArray::new)),
                net.jqwik.api.Tuple.of(1, nested.map(scope -> new BsonJavaScriptWithScope("f", scope.asDocument()))));
    }

    private static Arbitrary<BsonValue> scalars() {
        return Arbitraries.oneOf(List.of(
                Arbitraries.strings().ofMaxLength(8).map(BsonArbitraries::text),
                Arbitraries.of("5", "{", "65a000000000000000000001", "\"", "").map(BsonArbitraries::text),
                Arbitraries.integers().map(BsonInt32::new),
                Arbitraries.longs().map(BsonInt64::new),
                Arbitraries.of(0L, 5L, -1L, 1L << 53, (1L << 53) + 1).map(BsonInt64::new),
                Arbitraries.doubles().map(BsonDouble::new),
                Arbitraries.of(0.0, -0.0, 3.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE)
                        .map(BsonDouble::new),
                Arbitraries.of(true, false).map(BsonBoolean::new),
                Arbitraries.longs().map(BsonDateTime::new),
                Arbitraries.of(-1L, 0L, 100L, 1_700_000_000_120L, 253_402_300_799_999L, 253_402_300_800_000L)
                        .map(BsonDateTime::new),
                decimals(),
                Arbitraries.bytes().array(byte[].class).ofSize(12).map(bytes -> new BsonObjectId(new ObjectId(bytes))),
                binaries(),
                Arbitraries.longs().map(BsonTimestamp::new),
                Arbitraries.of("", "i", "imx").map(options -> new BsonRegularExpression("a\"\\.*\u20ac", options)),
                Arbitraries.of(
                        BsonNull.VALUE,
                        new BsonUndefined(),
                        new BsonMinKey(),
                        new BsonMaxKey(),
                        new BsonSymbol("sym \n"),
                        new BsonJavaScript("function() { return \"x\"; }"),
                        new BsonDbPointer("db.c", new ObjectId("65a000000000000000000001")))));
    }

    private static BsonValue text(String text) {
        // A lone surrogate is no text that a driver could send.
        return new BsonString(text.replaceAll("[\\uD800-\\uDFFF]", "?"));
    }

    private static Arbitrary<BsonValue> decimals() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                                "NaN",
                                "Infinity",
                                "-Infinity",
                                "0",
                                "-0",
                                "0E-6176",
                                "-0E+6111",
                                "1.50",
                                "19.99",
                                "1E+30",
                                "9.999999999999999999999999999999999E+6144",
                                "1E-6176",
                                "-5",
                                "5E+2",
                                "0.0000000001")
                        .map(text -> new BsonDecimal128(Decimal128.parse(text))),
                Arbitraries.bigDecimals()
                        .between(java.math.BigDecimal.valueOf(-1e15), java.math.BigDecimal.valueOf(1e15))
                        .ofScale(6)
                        .map(number -> new BsonDecimal128(new Decimal128(number))));
    }

    private static Arbitrary<BsonValue> binaries() {
        return Combinators.combine(
                        Arbitraries.of(
                                (byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6, (byte) -128),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(20))
                .as(BsonBinary::new);
    }
}
