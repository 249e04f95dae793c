package io.vaultline.iceberg.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row as a JSON object of its available columns: whole numbers and floating point as numbers (what is not finite as
 * text), decimals as text, bytes in Base64, dates and times as ISO 8601 writes them. Exact both ways.
 */
public final class RowJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private RowJson() {}

    /** The row's available values by column name. */
    public static String write(Row row) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            for (int i = 0; i < row.schema().columns().size(); i++) {
                Object value = row.get(i);
                Column column = row.schema().columns().get(i);
                if (value != Unavailable.VALUE) {
                    json.writeFieldName(column.name());
                    write(json, column.type(), value);
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * The row in a shape; a column that the text does not name, or not with a value of its type, is unavailable.
     *
     * @throws IllegalArgumentException if the text is no JSON object
     */
    public static Row read(CollectionSchema schema, String text) {
        JsonNode object;
        try {
            object = MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("a row that is no JSON", e);
        }
        @Nullable Object[] values = new @Nullable Object[schema.columns().size()];
        for (int i = 0; i < values.length; i++) {
            Column column = schema.columns().get(i);
            JsonNode node = object.get(column.name());
            values[i] = node == null ? Unavailable.VALUE : read(node, column.type());
        }
        return new Row(schema, values);
    }

    private static void write(JsonGenerator json, DataType type, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (type instanceof DataType.Decimal) {
            json.writeString(((BigDecimal) value).toPlainString());
        } else {
            writeSimple(json, (DataType.Simple) type, value);
        }
    }

    private static void writeSimple(JsonGenerator json, DataType.Simple type, Object value) throws IOException {
        switch (type) {
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case INT16, INT32 -> json.writeNumber((Integer) value);
            case INT64 -> json.writeNumber((Long) value);
            case FLOAT32 -> json.writeNumber((double) (Float) value);
            case FLOAT64 -> json.writeNumber((Double) value);
            case NUMERIC, TEXT, JSON -> json.writeString((String) value);
            case BYTES -> json.writeString(Base64.getEncoder().encodeToString((byte[]) value));
            case DATE -> json.writeString(LocalDate.ofEpochDay((Integer) value).toString());
            case TIME -> json.writeString(IsoTime.time((Long) value));
            case TIMESTAMP -> json.writeString(IsoTime.timestamp((Long) value));
            case TIMESTAMP_TZ -> json.writeString(IsoTime.timestamp((Long) value) + "Z");
            case UUID -> json.writeString(value.toString());
        }
    }

    private static @Nullable Object read(JsonNode node, DataType type) {
        if (node.isNull()) {
            return null;
        }
        try {
            return type instanceof DataType.Decimal decimal
                    ? new BigDecimal(node.asText()).setScale(decimal.scale())
                    : readSimple(node, (DataType.Simple) type);
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            // the column's type was another one then
            return Unavailable.VALUE;
        }
    }

    private static Object readSimple(JsonNode node, DataType.Simple type) {
        String text = node.asText();
        return switch (type) {
            case BOOLEAN -> node.booleanValue();
            case INT16 -> (int) Short.parseShort(text);
            case INT32 -> Integer.parseInt(text);
            case INT64 -> Long.parseLong(text);
            case FLOAT32 -> (float) Double.parseDouble(text);
            case FLOAT64 -> Double.parseDouble(text);
            case NUMERIC, TEXT, JSON -> text;
            case BYTES -> Base64.getDecoder().decode(text);
            case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
            case TIME -> IsoTime.parseTime(text);
            case TIMESTAMP -> IsoTime.parseTimestamp(text);
            case TIMESTAMP_TZ -> IsoTime.parseTimestamp(text.substring(0, Math.max(0, text.length() - 1)));
            case UUID -> UUID.fromString(text);
        };
    }
}
