package io.vaultline.vault.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vaultline.event.DataType.Simple;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/** Scalars of JSON, and those that MongoDB's extended JSON wraps in an object of one field. */
public final class ExtendedJson {
    /** Documents that a source holds are not refused for their size: that is bounded where they are captured. */
    public static final JsonFactory TEXT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final Map<String, Simple> WRAPPERS = Map.of(
            "$oid", Simple.TEXT,
            "$uuid", Simple.TEXT,
            "$numberInt", Simple.NUMERIC,
            "$numberLong", Simple.NUMERIC,
            "$numberDouble", Simple.NUMERIC,
            "$numberDecimal", Simple.NUMERIC);

    private ExtendedJson() {}

    /** Reads the value at the parser's current token to its end; gives it away if it is a scalar. */
    public static void scalar(JsonParser parser, DocumentPath.Scalars scalars) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_STRING -> scalars.add(Simple.TEXT, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText(), scalars);
            case VALUE_TRUE, VALUE_FALSE -> scalars.add(Simple.BOOLEAN, parser.getBooleanValue());
            case START_OBJECT -> wrapped(parser, scalars);
            default -> parser.skipChildren();
        }
    }

    private static void wrapped(JsonParser parser, DocumentPath.Scalars scalars) throws IOException {
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return;
        }
        Simple type = WRAPPERS.get(parser.currentName());
        if (parser.nextToken() == JsonToken.VALUE_STRING && type == Simple.NUMERIC) {
            number(parser.getText(), scalars);
        } else if (parser.currentToken() == JsonToken.VALUE_STRING && type == Simple.TEXT) {
            scalars.add(Simple.TEXT, parser.getText());
        } else {
            parser.skipChildren();
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            parser.nextToken();
            parser.skipChildren();
        }
    }

    private static void number(String text, DocumentPath.Scalars scalars) {
        BigDecimal number = Conversion.Numbers.parse(text);
        if (number != null) {
            scalars.add(Simple.NUMERIC, number.toPlainString());
        }
    }
}
