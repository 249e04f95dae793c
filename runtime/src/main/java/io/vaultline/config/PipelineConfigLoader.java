package io.vaultline.config;

import io.vaultline.config.RangeRules.Choice;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a pipeline's configuration file, strictly: unknown keys, wrong types and missing values are all reported at
 * once, each with its line. {@code docs/configuration.md} lists the keys.
 */
public final class PipelineConfigLoader {
    /** Port of health and metrics when the file names none. */
    public static final int DEFAULT_HTTP_PORT = 8780;

    private static final ValueType<Integer> LETTERS = ValueType.integer(1, 1_000_000);
    private static final ValueType<Choice> RANGE =
            new ValueType<>("fail, strict or clamp", true, Choice.FAIL, PipelineConfigLoader::choice);

    private final Map<String, String> environment;

    /** @param environment what <code>${env:NAME}</code> refers to */
    public PipelineConfigLoader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads a file; relative paths in it start from its own folder.
     *
     * @throws PipelineException with {@code CONFIG_UNREADABLE} if the file is missing or is no YAML, with {@code
     *     CONFIG_INVALID} and one line for each problem if it says something wrong
     */
    public PipelineConfig load(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path directory = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        Problems problems = new Problems(absolute);
        YamlMap root = new YamlMap(YamlFile.read(absolute), "", problems, new References(environment, directory));
        PipelineConfig config = pipeline(root, directory);
        if (problems.isEmpty()) {
            return config;
        }
        throw new PipelineException(
                ErrorCode.CONFIG_INVALID,
                (problems.count() == 1 ? "1 problem:\n" : problems.count() + " problems:\n") + problems.lines(),
                absolute.toString(),
                "Correct these lines; docs/configuration.md explains every key.");
    }

    /** The keys of the secrets that stand in a file itself, without a reference to where they are kept. */
    public List<String> plainSecrets(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path directory = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        Problems problems = new Problems(absolute);
        pipeline(new YamlMap(YamlFile.read(absolute), "", problems, new References(environment, directory)), directory);
        return problems.plainSecrets();
    }

    private static PipelineConfig pipeline(YamlMap root, Path directory) {
        String name = root.required("pipeline", ValueType.PIPELINE_NAME);
        List<SourceConfig> sources = SourceReader.read(root, name);
        KafkaConfig kafka = kafka(root.requiredSection("kafka"));
        ClickHouseConfig clickhouse = clickhouse(root.requiredSection("clickhouse"));
        LakeConfig lake = LakeReader.read(root.requiredSection("lake"));
        YamlMap letters = root.section("dead-letters");
        int maxWaiting = letters.optional("max-waiting", LETTERS, PipelineConfig.MAX_WAITING);
        int maxRows = letters.optional("max-rows", LETTERS, PipelineConfig.MAX_ROWS);
        letters.rejectUnknownKeys();
        Optional<Path> model = vaultModel(root.section("vault"), directory);
        YamlMap http = root.section("http");
        String httpHost = http.optional("host", ValueType.ADDRESS, PipelineConfig.LOOPBACK);
        int httpPort = http.optional("port", ValueType.integer(0, 65_535), DEFAULT_HTTP_PORT);
        http.rejectUnknownKeys();
        root.rejectUnknownKeys();
        return new PipelineConfig(
                name, sources, kafka, clickhouse, lake, maxWaiting, maxRows, model, httpHost, httpPort);
    }

    private static KafkaConfig kafka(YamlMap kafka) {
        KafkaConfig config = new KafkaConfig(
                kafka.required("bootstrap-servers", ValueType.HOSTS),
                kafka.optional("partitions", ValueType.integer(1, 10_000), 2),
                kafka.required("replication-factor", ValueType.integer(1, 100)),
                kafka.optional("retention", ValueType.duration("1m"), Duration.ofDays(7)),
                bound(kafka.section("transaction")),
                kafka.freeMap("client", ValueType.SETTING));
        kafka.rejectUnknownKeys();
        return config;
    }

    private static TransactionBound bound(YamlMap transaction) {
        TransactionBound standard = TransactionBound.standard();
        TransactionBound bound = new TransactionBound(
                transaction.optional(
                        "changes",
                        ValueType.integer(TransactionBound.LEAST_CHANGES, TransactionBound.MOST_CHANGES),
                        standard.changes()),
                transaction.optional(
                        "megabytes", ValueType.integer(1, TransactionBound.MOST_MEGABYTES), standard.megabytes()));
        transaction.rejectUnknownKeys();
        return bound;
    }

    private static ClickHouseConfig clickhouse(YamlMap clickhouse) {
        Optional<String> group = clickhouse.has("load-group")
                ? Optional.of(clickhouse.required("load-group", ValueType.NAME))
                : Optional.empty();
        ClickHouseConfig config = new ClickHouseConfig(
                clickhouse.required("url", ValueType.HTTP_URL),
                clickhouse.optional("user", ValueType.TEXT, "default"),
                clickhouse.optional("password", ValueType.SECRET, new Secret("")),
                clickhouse.optional("vault-database", ValueType.NAME, "vault"),
                group,
                clickhouse.optional("flush-interval", ValueType.duration("10ms"), Duration.ofMillis(500)),
                clickhouse.optional("flush-rows", ValueType.integer(1, 10_000_000), 50_000),
                ranges(clickhouse.section("ranges")));
        clickhouse.rejectUnknownKeys();
        return config;
    }

    private static RangeRules ranges(YamlMap ranges) {
        RangeRules rules =
                new RangeRules(ranges.optional("default", RANGE, Choice.FAIL), ranges.freeMap("columns", RANGE));
        ranges.rejectUnknownKeys();
        return rules;
    }

    private static Optional<Choice> choice(String text) {
        return Stream.of(Choice.values())
                .filter(choice -> choice.label().equals(text))
                .findFirst();
    }

    private static Optional<Path> vaultModel(YamlMap vault, Path directory) {
        Optional<Path> model = vault.has("model")
                ? Optional.of(directory
                        .resolve(vault.required("model", ValueType.FILE))
                        .normalize())
                : Optional.empty();
        vault.rejectUnknownKeys();
        return model;
    }
}
