package io.vaultline.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.event.CollectionSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * A collection's shape together with the Avro schemas that its records are written with, and their fingerprints
 * (CRC-64-AVRO of the parsing canonical form, as in the Avro specification, "Single-object encoding").
 */
public final class ChangeSchema {
    private static final String DESCRIPTOR = "vaultline";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CollectionSchema collection;
    private final Schema value;
    private final Schema key;
    private final long fingerprint;
    private final long keyFingerprint;

    private ChangeSchema(CollectionSchema collection) {
        this.collection = collection;
        ObjectNode descriptor = SchemaJson.write(JSON, collection);
        String keyDigest = digest(descriptor.get("id") + "" + keyColumns(collection));
        this.key = AvroSchemas.key(collection, keyDigest);
        String digest = digest(descriptor.toString());
        this.value = AvroSchemas.change(collection, digest, AvroSchemas.row(collection, digest), key);
        this.fingerprint = SchemaNormalization.parsingFingerprint64(value);
        this.keyFingerprint = SchemaNormalization.parsingFingerprint64(key);
    }

    /** The schemas of a shape; the same shape gives the same fingerprints everywhere. */
    public static ChangeSchema of(CollectionSchema collection) {
        return new ChangeSchema(collection);
    }

    /**
     * Reads a record of the schema topic.
     *
     * @return nothing for the schema of a key, which says nothing beyond what the value's schema says
     * @throws IllegalArgumentException if the text is not what {@link #valueJson()} or {@link #keyJson()} wrote
     */
    public static Optional<ChangeSchema> parse(String json) {
        try {
            JsonNode descriptor = JSON.readTree(json).get(DESCRIPTOR);
            return descriptor == null ? Optional.empty() : Optional.of(of(SchemaJson.read(descriptor)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no schema of ours", e);
        }
    }

    public CollectionSchema collection() {
        return collection;
    }

    /** The Avro schema of a change. */
    public Schema valueSchema() {
        return value;
    }

    /** The Avro schema of a record's key. */
    public Schema keySchema() {
        return key;
    }

    public long fingerprint() {
        return fingerprint;
    }

    public long keyFingerprint() {
        return keyFingerprint;
    }

    /** The Avro schema of a change as JSON, with the collection's shape in the property {@code vaultline}. */
    public String valueJson() {
        try {
            ObjectNode schema = (ObjectNode) JSON.readTree(value.toString());
            schema.set(DESCRIPTOR, SchemaJson.write(JSON, collection));
            return schema.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is no JSON", e);
        }
    }

    /** The Avro schema of a key as JSON. */
    public String keyJson() {
        return key.toString();
    }

    /** A fingerprint as it is spelled in the schema topic's keys: 16 hexadecimal digits. */
    public static String spell(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }

    private static String keyColumns(CollectionSchema collection) {
        StringBuilder text = new StringBuilder();
        for (int index : collection.keyIndexes()) {
            text.append(collection.columns().get(index).name()).append('\0');
            text.append(collection.columns().get(index).type()).append('\0');
        }
        return text.toString();
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
