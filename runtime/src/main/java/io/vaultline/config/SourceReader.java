package io.vaultline.config;

import io.vaultline.config.SourceConfig.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the {@code sources} of a pipeline. */
final class SourceReader {
    private static final Pattern SOURCE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,29}");
    private static final ValueType<Kind> KIND = new ValueType<>("postgres or mongodb", true, Kind.UNKNOWN, Kind::of);

    /** More connections than a database should give to one reader. */
    private static final int MOST_READERS = 64;

    private static final int MOST_CHUNK_KILOBYTES = 1024 * 1024;

    private static final ValueType<Integer> MEGABYTES = ValueType.integer(0, Integer.MAX_VALUE);
    private static final ValueType<Integer> HOURS = ValueType.integer(0, 100_000);

    private static final ValueType<Engine> ENGINE =
            new ValueType<>("native or debezium", true, Engine.standard(), SourceReader::engine);

    private enum Kind {
        POSTGRES,
        MONGODB,
        UNKNOWN;

        static Optional<Kind> of(String type) {
            return switch (type) {
                case "postgres" -> Optional.of(POSTGRES);
                case "mongodb" -> Optional.of(MONGODB);
                default -> Optional.empty();
            };
        }
    }

    private SourceReader() {}

    static List<SourceConfig> read(YamlMap root, String pipeline) {
        List<SourceConfig> sources = new ArrayList<>();
        Map<String, YamlMap> sections = root.sections("sources");
        sections.forEach((name, section) -> {
            if (!SOURCE_NAME.matcher(name).matches()) {
                section.reject("a source's name must be up to 30 lower case letters, digits and _, a letter first");
            }
            source(name, pipeline, section).ifPresent(sources::add);
        });
        if (sections.isEmpty() && root.has("sources")) {
            root.reject("sources", "must name at least one source");
        }
        return sources;
    }

    private static Optional<SourceConfig> source(String name, String pipeline, YamlMap source) {
        return switch (source.required("type", KIND)) {
            case POSTGRES -> Optional.of(postgres(name, pipeline, source));
            case MONGODB -> Optional.of(mongo(name, source));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static SourceConfig postgres(String name, String pipeline, YamlMap source) {
        String slot = "vaultline_" + pipeline.toLowerCase(Locale.ROOT).replace('-', '_') + "_" + name;
        SourceConfig config = new SourceConfig.Postgres(
                name,
                source.required("url", ValueType.JDBC_URL),
                source.required("user", ValueType.TEXT),
                source.optional("password", ValueType.SECRET, new Secret("")),
                source.optional("slot", ValueType.SLOT, slot),
                source.optional("publication", ValueType.NAME, slot),
                source.list("include", ValueType.COLLECTION_PATTERN),
                source.list("exclude", ValueType.COLLECTION_PATTERN),
                source.list("exclude-columns", ValueType.COLUMN_PATTERN),
                heartbeat(source),
                MaskReader.read(source),
                snapshot(source),
                source.optional("engine", ENGINE, Engine.standard()),
                slotLimits(source.section("alerts")));
        source.rejectUnknownKeys();
        return config;
    }

    private static SourceConfig.LogLimits slotLimits(YamlMap alerts) {
        SourceConfig.LogLimits standard = SourceConfig.LogLimits.standard();
        SourceConfig.LogLimits limits = new SourceConfig.LogLimits(
                alerts.optional("retained-megabytes", MEGABYTES, standard.retainedMegabytes()),
                alerts.optional("safe-megabytes", MEGABYTES, standard.safeMegabytes()),
                standard.oplogHours(),
                standard.oplogLeftHours());
        alerts.rejectUnknownKeys();
        return limits;
    }

    private static SourceConfig.LogLimits oplogLimits(YamlMap alerts) {
        SourceConfig.LogLimits standard = SourceConfig.LogLimits.standard();
        SourceConfig.LogLimits limits = new SourceConfig.LogLimits(
                standard.retainedMegabytes(),
                standard.safeMegabytes(),
                alerts.optional("oplog-hours", HOURS, standard.oplogHours()),
                alerts.optional("oplog-left-hours", HOURS, standard.oplogLeftHours()));
        alerts.rejectUnknownKeys();
        return limits;
    }

    private static Optional<Engine> engine(String text) {
        return switch (text) {
            case "native" -> Optional.of(Engine.NATIVE);
            case "debezium" -> Optional.of(Engine.DEBEZIUM);
            default -> Optional.empty();
        };
    }

    private static SourceConfig.Snapshot snapshot(YamlMap source) {
        YamlMap section = source.section("snapshot");
        SourceConfig.Snapshot standard = SourceConfig.Snapshot.standard();
        SourceConfig.Snapshot snapshot = new SourceConfig.Snapshot(
                section.optional("parallelism", ValueType.integer(1, MOST_READERS), standard.parallelism()),
                section.optional(
                        "chunk-kilobytes", ValueType.integer(8, MOST_CHUNK_KILOBYTES), standard.chunkKilobytes()));
        section.rejectUnknownKeys();
        return snapshot;
    }

    private static SourceConfig mongo(String name, YamlMap source) {
        SourceConfig config = new SourceConfig.Mongo(
                name,
                source.required("uri", ValueType.MONGO_URI),
                source.required("database", ValueType.TEXT),
                source.list("include", ValueType.COLLECTION_PATTERN),
                source.list("exclude", ValueType.COLLECTION_PATTERN),
                source.list("exclude-columns", ValueType.COLUMN_PATTERN),
                heartbeat(source),
                MaskReader.read(source),
                source.optional("engine", ENGINE, Engine.standard()),
                oplogLimits(source.section("alerts")));
        source.rejectUnknownKeys();
        return config;
    }

    private static Duration heartbeat(YamlMap source) {
        return source.optional("heartbeat", ValueType.duration("100ms"), Duration.ofSeconds(1));
    }
}
