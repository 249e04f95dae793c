package io.vaultline.infer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.infer.FieldProfile.Kind;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks sampled rows, and remembers what stands at each path. */
final class ProfileBuilder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NUMBERS = Set.of("$numberInt", "$numberLong", "$numberDouble", "$numberDecimal");
    private static final Set<String> TEXTS = Set.of("$oid", "$uuid");
    /** A number with an exponent beyond this is no id. */
    private static final int MAX_DIGITS = 100;

    private final Map<String, FieldProfile> fields = new HashMap<>();
    private final Map<String, KeyNames> objects = new HashMap<>();
    private int row;

    void add(Row values) {
        row++;
        List<Column> columns = values.schema().columns();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Object value = values.get(i);
            boolean skipped = column.name().equals(CollectionSchema.MISFITS) || !isStep(column.name());
            if (value != null && value != Unavailable.VALUE && !skipped) {
                column(column.name(), column.type(), value);
            }
        }
    }

    Map<String, FieldProfile> fields() {
        Map<String, FieldProfile> found = new HashMap<>(fields);
        maps().keySet().forEach(map -> found.keySet().removeIf(path -> path.startsWith(map + ".")));
        return found;
    }

    Map<String, Integer> maps() {
        Map<String, Integer> maps = new HashMap<>();
        objects.forEach((path, names) -> {
            if (names.areData()) {
                maps.put(path, names.distinct());
            }
        });
        return maps;
    }

    private void column(String name, DataType type, Object value) {
        if (type == Simple.JSON) {
            json(name, (String) value);
        } else if (value instanceof BigDecimal || value instanceof Integer || value instanceof Long) {
            boolean isNumber = type instanceof DataType.Decimal
                    || type == Simple.INT16
                    || type == Simple.INT32
                    || type == Simple.INT64;
            if (isNumber) {
                number(name, value.toString());
            } else {
                field(name).add(row, Kind.OTHER);
            }
        } else if (type == Simple.TEXT || type == Simple.UUID) {
            field(name).addKey(row, Kind.TEXT, value.toString());
        } else {
            field(name).add(row, type == Simple.BOOLEAN ? Kind.BOOLEAN : Kind.OTHER);
        }
    }

    private void json(String path, String text) {
        try {
            walk(path, JSON.readTree(text));
        } catch (JsonProcessingException e) {
            field(path).add(row, Kind.OTHER); // the mapper will say which row it is
        }
    }

    private void walk(String path, JsonNode node) {
        if (node.isObject()) {
            object(path, node);
        } else if (node.isArray()) {
            field(path).add(row, Kind.ARRAY);
            node.forEach(element -> walk(path + "[]", element));
        } else if (node.isNumber()) {
            number(path, node.asText());
        } else if (node.isTextual()) {
            field(path).addKey(row, Kind.TEXT, node.asText());
        } else if (node.isBoolean()) {
            field(path).add(row, Kind.BOOLEAN);
        }
    }

    /** MongoDB's extended JSON wraps scalars in an object of one field. */
    private void object(String path, JsonNode node) {
        Iterator<String> names = node.fieldNames();
        String first = names.hasNext() ? names.next() : "";
        if (NUMBERS.contains(first) && node.get(first).isTextual()) {
            number(path, node.get(first).asText());
        } else if (TEXTS.contains(first) && node.get(first).isTextual()) {
            field(path).addKey(row, Kind.TEXT, node.get(first).asText());
        } else if (first.startsWith("$")) {
            field(path).add(row, Kind.OTHER);
        } else {
            field(path).add(row, Kind.OBJECT);
            KeyNames seen = objects.computeIfAbsent(path, p -> new KeyNames());
            seen.add(node);
            if (!seen.isFull()) {
                node.properties().forEach(field -> step(path, field.getKey(), field.getValue()));
            }
        }
    }

    private void step(String path, String name, JsonNode value) {
        if (isStep(name)) {
            walk(path + "." + name, value);
        }
    }

    private void number(String path, String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) < MAX_DIGITS) {
                String plain =
                        number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
                field(path).addKey(row, Kind.NUMBER, plain);
                return;
            }
        } catch (NumberFormatException e) {
            // NaN and infinities name nothing
        }
        field(path).add(row, Kind.OTHER);
    }

    private FieldProfile field(String path) {
        return fields.computeIfAbsent(path, p -> new FieldProfile());
    }

    /** Whether a path can name the field. */
    private static boolean isStep(String name) {
        return !name.isBlank()
                && !Character.isWhitespace(name.charAt(0))
                && name.chars().noneMatch(c -> ".[]".indexOf(c) >= 0);
    }
}
