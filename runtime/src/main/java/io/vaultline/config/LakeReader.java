package io.vaultline.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the {@code lake} section; what it leaves out is set as a JDBC catalog and an S3 store need it. */
final class LakeReader {
    private static final String JDBC = "jdbc";

    private LakeReader() {}

    static LakeConfig read(YamlMap lake) {
        Map<String, Secret> hadoop = S3Reader.read(lake.section("s3"));
        hadoop.putAll(lake.freeMap("hadoop", ValueType.SECRET));
        LakeConfig config = new LakeConfig(
                lake.optional("catalog", ValueType.NAME, "lake"),
                lake.optional("namespace", ValueType.NAME, "history"),
                catalogProperties(lake),
                hadoop,
                lake.optional("commit-interval", ValueType.duration("100ms"), Duration.ofSeconds(60)),
                lake.optional("commit-rows", ValueType.integer(1, 100_000_000), 500_000));
        lake.rejectUnknownKeys();
        return config;
    }

    private static Map<String, Secret> catalogProperties(YamlMap lake) {
        Map<String, Secret> properties = new LinkedHashMap<>(lake.freeMap("catalog-properties", ValueType.SECRET));
        if (!properties.containsKey("catalog-impl")) {
            properties.putIfAbsent("type", new Secret(JDBC));
        }
        Secret type = properties.get("type");
        if (type != null && type.reveal().equals(JDBC)) {
            properties.putIfAbsent("jdbc.schema-version", new Secret("V1"));
            for (String needed : List.of("uri", "warehouse")) {
                if (!properties.containsKey(needed)) {
                    lake.reject("catalog-properties", "lacks " + needed + ", which a catalog of type jdbc needs");
                }
            }
        }
        return properties;
    }
}
