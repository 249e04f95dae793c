package io.vaultline.capture.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.source.TypesDocument;
import io.vaultline.capture.source.TypesDocument.Line;
import io.vaultline.event.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** {@code docs/types.md} says of MongoDB what the code does. */
class MongoTypesDocTest {
    private static final String JSON = "yes, as relaxed Extended JSON";

    private final List<Line> lines = new ArrayList<>();
    private final Set<BsonType> told = EnumSet.of(BsonType.END_OF_DOCUMENT, BsonType.NULL);

    @Test
    void theDocumentSaysWhatTheCodeDoes() throws IOException {
        line("string", "yes, also bytes that are no UTF-8", new BsonString("x"));
        line("object id", "yes, as 24 hexadecimal digits", new BsonObjectId(new ObjectId()));
        line("int", "yes", new BsonInt32(1));
        line("long", "yes", new BsonInt64(1));
        line(
                "double",
                "yes, also `-0`, `NaN`, infinities; whole ones also fit a column of `int` or `long`",
                new BsonDouble(1.5));
        line(
                "decimal",
                "yes; what has more than 28 digits before or 10 behind the point, `NaN`, infinities and `-0` stand in"
                        + " `_misfits`",
                new BsonDecimal128(Decimal128.parse("1.5")));
        line("bool", "yes", new BsonBoolean(true));
        line(
                "date",
                "yes, also before 1970 and beyond the year 9999; beyond the year 294246 in `_misfits`",
                new BsonDateTime(0));
        line("binData, subtype 4 of 16 bytes", "yes", new BsonBinary((byte) 4, new byte[16]));
        line(
                "binData, other subtypes",
                "yes; a subtype that is not 0 is noted in `_misfits`, also 3, the old UUID of unknown byte order",
                new BsonBinary(new byte[1]));
        line("object", JSON + "; 64-bit numbers that 32 bits hold are noted in `_misfits`", new BsonDocument());
        line("array", JSON + ", as object", new BsonArray());
        json("timestamp", new BsonTimestamp(1));
        json("regex", new BsonRegularExpression("a"));
        json("javascript", new BsonJavaScript("f"));
        json("javascript with scope", new BsonJavaScriptWithScope("f", new BsonDocument()));
        json("symbol", new BsonSymbol("s"));
        json("dbPointer", new BsonDbPointer("d.c", new ObjectId()));
        json("undefined", new BsonUndefined());
        json("minKey", new BsonMinKey());
        json("maxKey", new BsonMaxKey());
        assertThat(told).containsExactlyInAnyOrder(BsonType.values());
        TypesDocument.check("mongodb", "MongoDB", lines);
    }

    private void json(String name, BsonValue value) {
        line(name, JSON, value);
    }

    private void line(String name, String exact, BsonValue value) {
        BsonCursor at = BsonCursor.of(new RawBsonDocument(new BsonDocument("v", value), new BsonDocumentCodec()));
        assertThat(at.next()).isTrue();
        DataType type = BsonColumns.column("v", at).type();
        lines.add(new Line(name, type, exact));
        told.add(value.getBsonType());
    }
}
