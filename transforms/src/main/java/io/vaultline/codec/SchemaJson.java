package io.vaultline.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.ForeignKey;
import io.vaultline.event.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The JSON form of a {@link CollectionSchema}, as it stands in the schema topic beside the Avro schema. */
final class SchemaJson {
    private SchemaJson() {}

    static ObjectNode write(ObjectMapper json, CollectionSchema schema) {
        ObjectNode node = json.createObjectNode();
        node.set("id", writeId(json, schema.id()));
        node.put("kind", schema.kind().name().toLowerCase(Locale.ROOT));
        ArrayNode columns = node.putArray("columns");
        for (Column column : schema.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", typeName(column.type()))
                    .put("sourceType", column.sourceType())
                    .put("nullable", column.nullable());
        }
        schema.key().forEach(node.putArray("key")::add);
        ArrayNode foreignKeys = node.putArray("foreignKeys");
        for (ForeignKey foreignKey : schema.foreignKeys()) {
            ObjectNode child = foreignKeys.addObject().put("name", foreignKey.name());
            foreignKey.columns().forEach(child.putArray("columns")::add);
            child.set("target", writeId(json, foreignKey.target()));
            foreignKey.targetColumns().forEach(child.putArray("targetColumns")::add);
        }
        writeUniqueKeys(node, schema);
        return node;
    }

    /** Shapes without any keep the form, and so the fingerprint, that they had before there were unique keys in it. */
    private static void writeUniqueKeys(ObjectNode node, CollectionSchema schema) {
        if (schema.uniqueKeys().isEmpty()) {
            return;
        }
        ArrayNode uniqueKeys = node.putArray("uniqueKeys");
        for (UniqueKey unique : schema.uniqueKeys()) {
            ArrayNode columns =
                    uniqueKeys.addObject().put("name", unique.name()).putArray("columns");
            unique.columns().forEach(columns::add);
        }
    }

    static CollectionSchema read(JsonNode node) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : node.required("columns")) {
            columns.add(new Column(
                    column.required("name").asText(),
                    type(column.required("type").asText()),
                    column.required("sourceType").asText(),
                    column.required("nullable").asBoolean()));
        }
        List<ForeignKey> foreignKeys = new ArrayList<>();
        for (JsonNode child : node.required("foreignKeys")) {
            foreignKeys.add(new ForeignKey(
                    child.required("name").asText(),
                    texts(child.required("columns")),
                    readId(child.required("target")),
                    texts(child.required("targetColumns"))));
        }
        List<UniqueKey> uniqueKeys = new ArrayList<>();
        for (JsonNode child : node.path("uniqueKeys")) {
            uniqueKeys.add(new UniqueKey(child.required("name").asText(), texts(child.required("columns"))));
        }
        CollectionKind kind =
                CollectionKind.valueOf(node.required("kind").asText().toUpperCase(Locale.ROOT));
        return new CollectionSchema(
                readId(node.required("id")), kind, columns, texts(node.required("key")), foreignKeys, uniqueKeys);
    }

    private static String typeName(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        return ((DataType.Simple) type).name().toLowerCase(Locale.ROOT);
    }

    private static DataType type(String name) {
        if (name.startsWith("decimal(")) {
            int comma = name.indexOf(',');
            int precision = Integer.parseInt(name, "decimal(".length(), comma, 10);
            return new DataType.Decimal(precision, Integer.parseInt(name, comma + 1, name.length() - 1, 10));
        }
        return DataType.Simple.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static ObjectNode writeId(ObjectMapper json, CollectionId id) {
        return json.createObjectNode()
                .put("source", id.source())
                .put("namespace", id.namespace())
                .put("name", id.name());
    }

    private static CollectionId readId(JsonNode node) {
        return new CollectionId(
                node.required("source").asText(),
                node.required("namespace").asText(),
                node.required("name").asText());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
