package io.vaultline.vault.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.value.JsonValue.Closed;
import io.vaultline.vault.value.JsonValue.Elements;
import io.vaultline.vault.value.JsonValue.Fields;
import io.vaultline.vault.value.JsonValue.Nothing;
import io.vaultline.vault.value.JsonValue.Scalar;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON, also MongoDB's extended one, as deep as somebody looks into it, however deep it is. */
public final class JsonReader {
    private static final Set<String> TEXTS = Set.of("$oid", "$uuid");
    private static final Set<String> NUMBERS = Set.of("$numberInt", "$numberLong", "$numberDouble", "$numberDecimal");
    private static final String DATE = "$date";
    private static final long MICROS_OF_A_MILLI = 1_000;

    private final String text;
    private final JsonParser parser;

    private JsonReader(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /**
     * @param depth how many objects and arrays in each other are looked into
     * @throws IOException if the text is not JSON; its message quotes the text
     */
    public static JsonValue read(String text, int depth) throws IOException {
        try (JsonParser parser = ExtendedJson.TEXT.createParser(text)) {
            return parser.nextToken() == null ? Nothing.NULL : new JsonReader(text, parser).value(depth);
        }
    }

    /** Reads the value at the current token to its end. */
    private JsonValue value(int depth) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        return switch (parser.currentToken()) {
            case VALUE_NULL -> Nothing.NULL;
            case VALUE_STRING -> new Scalar(Simple.TEXT, parser.getText(), raw(start));
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(Simple.BOOLEAN, parser.getBooleanValue(), raw(start));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText(), start);
            case START_ARRAY -> depth == 0 ? skipped(start) : elements(depth, start);
            default -> object(depth, start);
        };
    }

    private String raw(int start) throws IOException {
        parser.finishToken();
        return text.substring(start, (int) parser.currentLocation().getCharOffset());
    }

    private JsonValue skipped(int start) throws IOException {
        parser.skipChildren();
        return new Closed(raw(start));
    }

    private JsonValue number(String written, int start) throws IOException {
        String raw = raw(start);
        BigDecimal number = Conversion.Numbers.parse(written);
        return number == null ? new Closed(raw) : new Scalar(Simple.NUMERIC, number.toPlainString(), raw);
    }

    private JsonValue elements(int depth, int start) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(depth - 1));
        }
        return new Elements(elements, raw(start));
    }

    private JsonValue object(int depth, int start) throws IOException {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            boolean wrapper = TEXTS.contains(name) || NUMBERS.contains(name) || name.equals(DATE);
            if (depth > 0 || wrapper) {
                fields.put(name, value(Math.max(depth - 1, name.equals(DATE) ? 1 : 0)));
            } else {
                parser.skipChildren();
                fields.put(name, Nothing.NULL);
            }
        }
        String raw = raw(start);
        JsonValue wrapped = fields.size() == 1 ? unwrapped(fields, raw) : null;
        if (wrapped != null) {
            return wrapped;
        }
        return depth == 0 ? new Closed(raw) : new Fields(fields, raw);
    }

    /** Null if the object wraps no value. */
    private static @Nullable JsonValue unwrapped(Map<String, JsonValue> fields, String raw) {
        Map.Entry<String, JsonValue> only = fields.entrySet().iterator().next();
        if (!(only.getValue() instanceof Scalar scalar)) {
            return null;
        }
        if (only.getKey().equals(DATE)) {
            return moment(scalar, raw);
        }
        if (scalar.type() != Simple.TEXT) {
            return null;
        }
        String inner = (String) scalar.value();
        if (TEXTS.contains(only.getKey())) {
            return new Scalar(Simple.TEXT, inner, raw);
        }
        return NUMBERS.contains(only.getKey()) ? wrappedNumber(inner, raw) : null;
    }

    private static JsonValue wrappedNumber(String inner, String raw) {
        BigDecimal number = Conversion.Numbers.parse(inner);
        if (number != null) {
            return new Scalar(Simple.NUMERIC, number.toPlainString(), raw);
        }
        return switch (inner) {
            case "NaN" -> new Scalar(Simple.FLOAT64, Double.NaN, raw);
            case "Infinity" -> new Scalar(Simple.FLOAT64, Double.POSITIVE_INFINITY, raw);
            case "-Infinity" -> new Scalar(Simple.FLOAT64, Double.NEGATIVE_INFINITY, raw);
            default -> new Closed(raw);
        };
    }

    /** Extended JSON has text for years that people use, and milliseconds for others. */
    private static JsonValue moment(Scalar scalar, String raw) {
        Object micros = null;
        if (scalar.type() == Simple.TEXT) {
            micros = IsoTimes.micros((String) scalar.value(), true);
        } else if (scalar.type() == Simple.NUMERIC) {
            Object millis = Conversion.between(Simple.NUMERIC, Simple.INT64).apply(scalar.value());
            if (millis instanceof Long number && Math.abs(number) < Long.MAX_VALUE / MICROS_OF_A_MILLI) {
                micros = number * MICROS_OF_A_MILLI;
            }
        }
        return micros == null ? new Closed(raw) : new Scalar(Simple.TIMESTAMP_TZ, micros, raw);
    }
}
