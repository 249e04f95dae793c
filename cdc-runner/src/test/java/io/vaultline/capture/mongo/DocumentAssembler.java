package io.vaultline.capture.mongo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.event.Column;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Makes the source's document of a row again, by what {@code docs/types.md} says. */
public final class DocumentAssembler {
    private DocumentAssembler() {}

    /** The document, to the byte. */
    public static RawBsonDocument document(Row row) {
        List<Column> columns = row.schema().columns();
        String text = (String) row.get(columns.size() - 1);
        JsonNode whole = text == null ? null : plain(text).get("$document");
        if (whole != null) {
            return new RawBsonDocument(Base64.getDecoder().decode(whole.asText()));
        }
        BsonDocument misfits = text == null ? new BsonDocument() : raw(text);
        Map<String, BsonValue> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.size() - 1; i++) {
            String name = columns.get(i).name();
            BsonValue misfit = misfits.get(name.startsWith("$") ? "$" + name : name);
            Object value = row.get(i);
            if (misfit != null) {
                fields.put(name, misfit);
            } else if (value != null) {
                fields.put(name, i == 0 ? key(columns.get(i), value) : value(columns.get(i), value));
            }
        }
        misfits.forEach((name, value) -> {
            if (!name.startsWith("$")) {
                fields.putIfAbsent(name, value);
            } else if (name.startsWith("$$")) {
                fields.putIfAbsent(name.substring(1), value);
            }
        });
        return ordered(fields, misfits);
    }

    private static RawBsonDocument ordered(Map<String, BsonValue> fields, BsonDocument misfits) {
        List<String> names = new ArrayList<>(fields.keySet());
        if (misfits.containsKey("$order")) {
            names.clear();
            misfits.getArray("$order").forEach(name -> names.add(name.asString().getValue()));
        }
        BsonDocument document = new BsonDocument();
        names.forEach(name -> document.append(name, Objects.requireNonNull(fields.get(name), name)));
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    private static BsonValue key(Column column, Object value) {
        String own = column.sourceType().replace(", mixed", "");
        if (value instanceof Long number) {
            return own.equals("int32") ? new BsonInt32(number.intValue()) : new BsonInt64(number);
        }
        String text = (String) value;
        if (text.startsWith("{")) {
            return special(json(text));
        } else if (own.startsWith("int")) {
            return text.matches("-?[0-9]{1,19}") ? key(column, Long.valueOf(text)) : string(own, text);
        }
        return own.equals("string") ? new BsonString(text) : string(own, text);
    }

    private static BsonValue string(String own, String text) {
        boolean objectId = !own.equals("string") && text.matches("[0-9a-f]{24}");
        return objectId ? new BsonObjectId(new ObjectId(text)) : new BsonString(text);
    }

    private static BsonValue special(BsonValue value) {
        if (value.isDocument() && value.asDocument().size() == 1) {
            BsonDocument document = value.asDocument();
            for (String name : List.of("$string", "$boolean", "$null")) {
                if (document.containsKey(name)) {
                    return document.get(name);
                }
            }
        }
        return value;
    }

    private static BsonValue value(Column column, Object value) {
        return switch (column.sourceType()) {
            case "objectid" -> new BsonObjectId(new ObjectId((String) value));
            case "string" -> new BsonString((String) value);
            case "int32" -> new BsonInt32(Math.toIntExact((Long) value));
            case "int64" -> new BsonInt64((Long) value);
            case "double" -> new BsonDouble((Double) value);
            case "boolean" -> new BsonBoolean((Boolean) value);
            case "datetime" -> new BsonDateTime((Long) value / 1_000);
            case "decimal128" -> decimal((BigDecimal) value);
            case "uuid" -> uuid((UUID) value);
            case "binary" -> new BsonBinary((byte[]) value);
            default -> {
                if (column.type() != Simple.JSON) {
                    throw new AssertionError(column.toString());
                }
                yield json((String) value);
            }
        };
    }

    private static BsonValue decimal(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return new BsonDecimal128(new Decimal128(stripped.scale() < 0 ? stripped.setScale(0) : stripped));
    }

    private static BsonValue uuid(UUID value) {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        bytes.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return new BsonBinary((byte) 4, bytes.array());
    }

    private static BsonValue json(String text) {
        BsonValue value = Objects.requireNonNull(raw("{\"v\": " + text + "}").get("v"));
        return value.isNull() ? BsonNull.VALUE : value;
    }

    private static JsonNode plain(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    /** Keeps names that come twice. */
    private static RawBsonDocument raw(String json) {
        return RawBsonDocument.parse(json);
    }
}
