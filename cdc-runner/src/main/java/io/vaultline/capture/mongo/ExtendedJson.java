package io.vaultline.capture.mongo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.bson.BsonBinarySubType;
import org.bson.types.Decimal128;

/**
 * Writes BSON as MongoDB's Extended JSON, version 2, straight from its bytes and exactly as the driver spells it; only a
 * DBPointer is written as canonical in both forms, since the relaxed one can't be told from a document.
 *
 * <p>Relaxed is what people read: numbers plain, dates spelled out. It notes whether the value can be told from the text:
 * a 64-bit number that 32 bits hold can't. Some values neither form can tell, such as a document whose first name is one
 * of Extended JSON's own.
 */
final class ExtendedJson {
    private static final Set<String> OWN_NAMES = Set.of(
            "$binary",
            "$code",
            "$date",
            "$dbPointer",
            "$maxKey",
            "$minKey",
            "$numberDecimal",
            "$numberDouble",
            "$numberInt",
            "$numberLong",
            "$oid",
            "$regex",
            "$regularExpression",
            "$scope",
            "$symbol",
            "$timestamp",
            "$undefined",
            "$uuid",
            "$type",
            "$options");
    private static final long LAST_SPELLED_MILLIS = 253_402_300_799_999L;
    private static final long CANONICAL_NAN = 0x7ff8000000000000L;

    private final StringBuilder out;
    private final boolean relaxed;
    private boolean exact = true;
    private boolean tellable = true;

    private ExtendedJson(StringBuilder out, boolean relaxed) {
        this.out = out;
        this.relaxed = relaxed;
    }

    static ExtendedJson relaxed(StringBuilder out) {
        return new ExtendedJson(out, true);
    }

    static ExtendedJson canonical(StringBuilder out) {
        return new ExtendedJson(out, false);
    }

    /** Whether all that was written so far can be told from the text. */
    boolean isExact() {
        return exact && tellable;
    }

    /** Whether the canonical form can tell what was written so far. */
    boolean isTellable() {
        return tellable;
    }

    /** Writes the value of a cursor's element. */
    void value(BsonCursor at) {
        switch (at.type()) {
            case DOCUMENT -> document(at.bytes(), at.start());
            case ARRAY -> array(at.bytes(), at.start());
            case STRING -> text(at, at.start());
            case INT32 -> int32(at.int32());
            case INT64 -> int64(at.int64());
            case DOUBLE -> float64(at.float64());
            case BOOLEAN -> out.append(at.isTrue());
            case NULL -> out.append("null");
            case UNDEFINED -> out.append("{\"$undefined\": true}");
            case MIN_KEY -> out.append("{\"$minKey\": 1}");
            case MAX_KEY -> out.append("{\"$maxKey\": 1}");
            case OBJECT_ID -> objectId(at, at.start());
            case DATE_TIME -> date(at.int64());
            case TIMESTAMP -> timestamp(at.int64());
            case DECIMAL128 -> decimal(at);
            case BINARY -> binary(at);
            case REGULAR_EXPRESSION -> regularExpression(at);
            case SYMBOL -> named("$symbol", at);
            case JAVASCRIPT -> named("$code", at);
            case JAVASCRIPT_WITH_SCOPE -> codeWithScope(at);
            case DB_POINTER -> dbPointer(at);
            case END_OF_DOCUMENT -> throw new IllegalStateException("no element");
        }
    }

    /** Writes the document that begins at an offset. */
    void document(byte[] bytes, int offset) {
        BsonCursor at = new BsonCursor(bytes, offset);
        out.append('{');
        boolean first = true;
        while (at.next()) {
            if (first) {
                tellable &= bytes[at.nameStart()] != '$' || !OWN_NAMES.contains(at.name());
            } else {
                out.append(", ");
            }
            first = false;
            quoted(at, at.nameStart(), at.nameEnd() - at.nameStart());
            out.append(": ");
            value(at);
        }
        out.append('}');
    }

    private void array(byte[] bytes, int offset) {
        BsonCursor at = new BsonCursor(bytes, offset);
        out.append('[');
        int index = 0;
        while (at.next()) {
            if (index > 0) {
                out.append(", ");
            }
            // An array's names are its indexes; a server keeps others too.
            tellable &= isIndex(at, index);
            index++;
            value(at);
        }
        out.append(']');
    }

    private static boolean isIndex(BsonCursor at, int index) {
        int rest = index;
        int place = at.nameEnd() - 1;
        do {
            if (place < at.nameStart() || at.bytes()[place] != '0' + rest % 10) {
                return false;
            }
            rest /= 10;
            place--;
        } while (rest > 0);
        return place < at.nameStart();
    }

    private void int32(int value) {
        if (relaxed) {
            out.append(value);
        } else {
            out.append("{\"$numberInt\": \"").append(value).append("\"}");
        }
    }

    private void int64(long value) {
        if (relaxed) {
            exact &= value != (int) value;
            out.append(value);
        } else {
            out.append("{\"$numberLong\": \"").append(value).append("\"}");
        }
    }

    private void float64(double value) {
        if (Double.isNaN(value)) {
            tellable &= Double.doubleToRawLongBits(value) == CANONICAL_NAN;
        }
        if (relaxed && Double.isFinite(value)) {
            out.append(value);
        } else {
            out.append("{\"$numberDouble\": \"").append(value).append("\"}");
        }
    }

    private void objectId(BsonCursor at, int offset) {
        out.append("{\"$oid\": \"").append(hex(at, offset)).append("\"}");
    }

    /** The 24 digits of an object id. */
    static String hex(BsonCursor at, int offset) {
        return HexFormat.of().formatHex(at.bytes(), offset, offset + 12);
    }

    private void date(long millis) {
        if (relaxed && millis >= 0 && millis <= LAST_SPELLED_MILLIS) {
            out.append("{\"$date\": \"");
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.formatTo(
                    Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC), out);
            out.append("\"}");
        } else {
            out.append("{\"$date\": {\"$numberLong\": \"").append(millis).append("\"}}");
        }
    }

    private void timestamp(long value) {
        out.append("{\"$timestamp\": {\"t\": ")
                .append(value >>> 32)
                .append(", \"i\": ")
                .append(value & 0xFFFFFFFFL)
                .append("}}");
    }

    private void decimal(BsonCursor at) {
        Decimal128 value = decimal128(at);
        String text = value.toString();
        tellable &= Decimal128.parse(text).equals(value);
        out.append("{\"$numberDecimal\": \"").append(text).append("\"}");
    }

    static Decimal128 decimal128(BsonCursor at) {
        return Decimal128.fromIEEE754BIDEncoding(at.int64(at.start() + Long.BYTES), at.int64());
    }

    /** The old subtype of binary data has its length a second time. */
    private void binary(BsonCursor at) {
        byte subType = at.bytes()[at.start() + Integer.BYTES];
        int from = at.start() + Integer.BYTES + 1;
        int length = at.int32();
        if (subType == BsonBinarySubType.OLD_BINARY.getValue()) {
            tellable &= length >= Integer.BYTES && at.int32(from) == length - Integer.BYTES;
            from += Math.min(length, Integer.BYTES);
            length = Math.max(0, length - Integer.BYTES);
        }
        byte[] data = java.util.Arrays.copyOfRange(at.bytes(), from, from + length);
        out.append("{\"$binary\": {\"base64\": \"")
                .append(Base64.getEncoder().encodeToString(data))
                .append("\", \"subType\": \"")
                .append(HexFormat.of().toHexDigits(subType))
                .append("\"}}");
    }

    private void regularExpression(BsonCursor at) {
        int options = at.afterCstring(at.start());
        out.append("{\"$regularExpression\": {\"pattern\": ");
        quoted(at, at.start(), options - 1 - at.start());
        out.append(", \"options\": ");
        quoted(at, options, at.end() - 1 - options);
        out.append("}}");
        for (int i = options + 1; i < at.end() - 1; i++) {
            tellable &= at.bytes()[i - 1] < at.bytes()[i];
        }
    }

    private void named(String name, BsonCursor at) {
        out.append("{\"").append(name).append("\": ");
        text(at, at.start());
        out.append('}');
    }

    private void codeWithScope(BsonCursor at) {
        int code = at.start() + Integer.BYTES;
        out.append("{\"$code\": ");
        text(at, code);
        out.append(", \"$scope\": ");
        document(at.bytes(), code + Integer.BYTES + at.int32(code));
        out.append('}');
    }

    private void dbPointer(BsonCursor at) {
        out.append("{\"$dbPointer\": {\"$ref\": ");
        text(at, at.start());
        out.append(", \"$id\": ");
        objectId(at, at.end() - 12);
        out.append("}}");
    }

    private void text(BsonCursor at, int offset) {
        quoted(at, offset + Integer.BYTES, at.int32(offset) - 1);
    }

    private void quoted(BsonCursor at, int from, int length) {
        byte[] bytes = at.bytes();
        int plain = 0;
        while (plain < length && isPlain(bytes[from + plain])) {
            plain++;
        }
        out.append('"').append(new String(bytes, from, plain, StandardCharsets.ISO_8859_1));
        if (plain < length) {
            String rest = new String(bytes, from + plain, length - plain, StandardCharsets.UTF_8);
            tellable &= !at.isBroken(rest, from + plain, length - plain);
            escaped(out, rest);
        }
        out.append('"');
    }

    private static boolean isPlain(byte character) {
        return character >= ' ' && character < 0x7F && character != '"' && character != '\\';
    }

    /** Appends a text in quotes. */
    static void quoted(StringBuilder out, String text) {
        out.append('"');
        escaped(out, text);
        out.append('"');
    }

    private static void escaped(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isVisible(character)) {
                        out.append(character);
                    } else {
                        out.append("\\u").append(HexFormat.of().toHexDigits(character));
                    }
                }
            }
        }
    }

    /** As the driver has it, so that the text of a value has not changed since it wrote them. */
    private static boolean isVisible(char character) {
        return switch (Character.getType(character)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.SPACE_SEPARATOR,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.ENCLOSING_MARK,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL -> true;
            default -> false;
        };
    }
}
