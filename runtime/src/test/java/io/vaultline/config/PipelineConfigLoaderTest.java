package io.vaultline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineConfigLoaderTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PG_PASSWORD", "hunter2",
            "S3_ACCESS_KEY", "AKIA",
            "S3_SECRET_KEY", "s3cr3t",
            "MASK_SECRET", "a long secret of masks");

    @TempDir
    private Path directory;

    @Test
    void theExampleInTheDocumentationIsReadAsItSays() throws IOException {
        Files.writeString(directory.resolve("clickhouse.password"), "from-a-file\n");

        PipelineConfig config = files().load(exampleOf("configuration.md"));

        assertThat(config.pipeline()).isEqualTo("dev");
        SourceConfig.Postgres pg = (SourceConfig.Postgres) config.sources().get(0);
        assertThat(pg.password().reveal()).isEqualTo("hunter2");
        assertThat(pg.excludeColumns()).containsExactly("public.users.password_hash");
        assertThat(pg.masking().secret().reveal()).isEqualTo("a long secret of masks");
        assertThat(pg.masking().rules())
                .containsExactly(
                        new MaskRule("public.users.email", new MaskAction.Hash()),
                        new MaskRule("public.users.phone", new MaskAction.Redact(null)),
                        new MaskRule("public.users.name", new MaskAction.Redact("somebody")),
                        new MaskRule("public.users.postcode", new MaskAction.Truncate(2)),
                        new MaskRule("public.users.card_*", new MaskAction.Drop()));
        assertThat(config.sources().get(1).masking().rules())
                .containsExactly(
                        new MaskRule("app.purchases.address.street", new MaskAction.Redact("[redacted]")),
                        new MaskRule("app.purchases.items.note", new MaskAction.Truncate(10)),
                        new MaskRule("app.visitors._id", new MaskAction.Keep()),
                        new MaskRule("app.visitors.*", new MaskAction.Hash()));
        assertThat(((SourceConfig.Mongo) config.sources().get(1)).database()).isEqualTo("app");
        assertThat(config.kafka().retention()).isEqualTo(Duration.ofDays(7));
        assertThat(config.kafka().client()).containsEntry("security.protocol", "PLAINTEXT");
        assertThat(config.clickhouse().password().reveal()).isEqualTo("from-a-file");
        assertThat(config.clickhouse().ranges().of("sat_calls", "length")).isEqualTo(RangeRules.Choice.CLAMP);
        assertThat(config.clickhouse().ranges().of("sat_calls", "length2")).isEqualTo(RangeRules.Choice.FAIL);
        assertThat(config.lake().commitInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.vaultModel()).contains(directory.resolve("vault.yaml"));
        assertThat(config.httpPort()).isEqualTo(8780);
    }

    @Test
    void theContainersConfigurationIsValid() {
        Map<String, String> stack = Map.of(
                "POSTGRES_PASSWORD", "a",
                "CLICKHOUSE_PASSWORD", "b",
                "CATALOG_PASSWORD", "c",
                "S3_ACCESS_KEY", "d",
                "S3_SECRET_KEY", "e",
                "STATUS_PORT", "8780");

        PipelineConfig config = new PipelineConfigLoader(stack).load(Path.of("..", "compose", "pipeline.yaml"));

        assertThat(config.httpHost()).isEqualTo("0.0.0.0");
    }

    @Test
    void whatTheSmallestFileLeavesOutTakesTheDocumentedDefaults() throws IOException {
        Files.writeString(directory.resolve("clickhouse.password"), "");
        PipelineConfig small = files().load(ConfigFiles.SMALLEST);
        PipelineConfig example = files().load(exampleOf("configuration.md"));

        SourceConfig.Postgres pg = (SourceConfig.Postgres) small.sources().get(0);
        assertThat(pg.slot()).isEqualTo("vaultline_dev_pg");
        assertThat(pg.publication()).isEqualTo("vaultline_dev_pg");
        assertThat(pg.include()).isEmpty();
        assertThat(pg.heartbeat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(pg.snapshot()).isEqualTo(SourceConfig.Snapshot.standard());
        SourceConfig.Postgres written =
                (SourceConfig.Postgres) example.sources().get(0);
        assertThat(written.snapshot())
                .isEqualTo(new SourceConfig.Snapshot(2, pg.snapshot().chunkKilobytes()));
        assertThat(pg.engine()).isEqualTo(SourceConfig.Engine.standard());
        assertThat(pg.limits()).isEqualTo(SourceConfig.LogLimits.standard()).isEqualTo(written.limits());
        assertThat(((SourceConfig.Mongo) example.sources().get(1)).limits()).isEqualTo(pg.limits());
        assertThat(small.kafka().partitions()).isEqualTo(example.kafka().partitions());
        assertThat(small.kafka().transaction())
                .isEqualTo(TransactionBound.standard())
                .isEqualTo(example.kafka().transaction());
        assertThat(small.kafka().retention()).isEqualTo(example.kafka().retention());
        assertThat(small.clickhouse())
                .usingRecursiveComparison()
                .ignoringFields("password", "ranges")
                .isEqualTo(example.clickhouse());
        assertThat(small.clickhouse().ranges())
                .isEqualTo(new RangeRules(example.clickhouse().ranges().standard(), Map.of()));
        assertThat(small.maxWaiting()).isEqualTo(example.maxWaiting());
        assertThat(small.maxRows()).isEqualTo(example.maxRows());
        assertThat(small.lake().commitRows()).isEqualTo(example.lake().commitRows());
        assertThat(small.lake().commitInterval()).isEqualTo(example.lake().commitInterval());
        assertThat(small.lake().catalogProperties()).containsEntry("type", new Secret("jdbc"));
        assertThat(small.vaultModel()).isEmpty();
        assertThat(small.httpPort()).isEqualTo(8780);
        assertThat(small.httpHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void theS3SectionBecomesFileSystemSettingsAndHadoopWinsOverIt() {
        PipelineConfig config = files().load(ConfigFiles.SMALLEST + """
                  s3: { endpoint: "http://127.0.0.1:9000", access-key: "${env:S3_ACCESS_KEY}", secret-key: x }
                  hadoop: { fs.s3a.secret.key: y }
                """);

        assertThat(config.lake().hadoop())
                .containsEntry("fs.s3a.endpoint", new Secret("http://127.0.0.1:9000"))
                .containsEntry("fs.s3a.access.key", new Secret("AKIA"))
                .containsEntry("fs.s3a.secret.key", new Secret("y"))
                .containsEntry("fs.s3a.path.style.access", new Secret("true"));
    }

    @Test
    void allProblemsAreReportedAtOnceEachWithItsLineAndKey() {
        PipelineException failure = files().failure("""
                pipeline: dev
                sources:
                  pg:
                    type: postgres
                    url: mysql://127.0.0.1/app
                    pasword: geheim
                  Mongo:
                    type: mongo
                kafka:
                  bootstrap-servers: 127.0.0.1
                  partitions: two
                  partitions: 3
                  retention: 7
                  transaction: { changes: 999, megabytes: 0, rows: 1 }
                  client: [ a ]
                clickhouse:
                  url: http://127.0.0.1:8123
                  flush-rows: 0
                lake:
                  catalog-properties: { type: jdbc, uri: jdbc:sqlite:x }
                  s3: { access-key: a, path-style: yes }
                http: { port: 70000 }
                """);

        assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(failure.where()).isEqualTo(directory.resolve("pipeline.yaml").toString());
        assertThat(failure.what().lines().map(line -> line.replaceFirst("^pipeline.yaml:(\\d+):\\d+ ", "$1 ")))
                .containsExactly(
                        "19 problems:",
                        "4 sources.pg.user: is missing; it must be text that is not empty",
                        "5 sources.pg.url: must be jdbc:postgresql://host:port/database",
                        "6 sources.pg.pasword: unknown key; did you mean password?",
                        "8 sources.Mongo: a source's name must be up to 30 lower case letters, digits and _, a letter first",
                        "8 sources.Mongo.type: must be postgres or mongodb, found mongo",
                        "10 kafka.replication-factor: is missing; it must be a whole number from 1 to 100",
                        "10 kafka.bootstrap-servers: must be host:port, several of them with commas between, found 127.0.0.1",
                        "11 kafka.partitions: must be a whole number from 1 to 10000, found two",
                        "12 kafka.partitions: stands here for the second time, after line 11",
                        "13 kafka.retention: must be a number and a unit (ms, s, m, h, d) such as 500ms or 7d, at least 1m, found 7",
                        "14 kafka.transaction.changes: must be a whole number from 1000 to 10000000, found 999",
                        "14 kafka.transaction.megabytes: must be a whole number from 1 to 4096, found 0",
                        "14 kafka.transaction.rows: unknown key; known here: changes, megabytes",
                        "15 kafka.client: must be a mapping of keys to values",
                        "18 clickhouse.flush-rows: must be a whole number from 1 to 10000000, found 0",
                        "20 lake.catalog-properties: lacks warehouse, which a catalog of type jdbc needs",
                        "21 lake.s3.secret-key: is missing; it must be text",
                        "21 lake.s3.path-style: must be true or false, found yes",
                        "22 http.port: must be a whole number from 0 to 65535, found 70000");
    }

    @Test
    void allProblemsOfMasksAreReportedAtOnceAndNoSecretAmongThem() {
        PipelineException masks = files().failure(ConfigFiles.SMALLEST.replace("user: postgres }", """
                user: postgres,
                    mask-secret: tooshort,
                    mask: {
                      "public.users.email": hash,
                      "public.users.phone": blur,
                      "public.users": redact,
                      "public.users.name": { truncate: 0 },
                      "public.users.zip": { truncat: 1 },
                      "public.users.note": [ drop ] } }
                  mongo:
                    type: mongodb
                    uri: mongodb://127.0.0.1/
                    database: app
                    mask: { "app.users._id": drop }"""));

        assertThat(masks.what().lines().map(line -> line.replaceFirst("^pipeline.yaml:(\\d+):\\d+ ", "$1 ")))
                .containsExactly(
                        "8 problems:",
                        "4 sources.pg.mask-secret: must be text of at least 16 characters, as mask uses hash",
                        "7 sources.pg.mask.public.users.phone: must be keep, hash, redact, drop, { redact: text or null }"
                                + " or { truncate: characters }, found blur",
                        "8 sources.pg.mask.public.users: must be named namespace.collection.column, where * stands for"
                                + " anything",
                        "9 sources.pg.mask.public.users.name.truncate: must be a whole number, at least 1, found 0",
                        "10 sources.pg.mask.public.users.zip.truncate: is missing; it must be a whole number, at least 1",
                        "10 sources.pg.mask.public.users.zip.truncat: unknown key; did you mean truncate?",
                        "11 sources.pg.mask.public.users.note: must be keep, hash, redact, drop, { redact: text or null }"
                                + " or { truncate: characters }, not a list or mapping",
                        "16 sources.mongo.mask.app.users._id: identifies the documents, so it can be hashed, but not"
                                + " masked otherwise");
    }

    @Test
    void secretsThatStandInTheFileItselfAreNamedAndThoseElsewhereAreNot() throws IOException {
        Path file = Files.writeString(directory.resolve("secrets.yaml"), """
                pipeline: dev
                sources:
                  pg:
                    type: postgres
                    url: jdbc:postgresql://127.0.0.1/app
                    user: postgres
                    password: hunter2
                  mongo: { type: mongodb, uri: "mongodb://me:word@127.0.0.1/", database: app }
                kafka: { bootstrap-servers: "127.0.0.1:9092", replication-factor: 1 }
                clickhouse: { url: "http://127.0.0.1:8123", password: "${env:PG_PASSWORD}" }
                lake:
                  catalog-properties:
                    uri: jdbc:postgresql://127.0.0.1/iceberg
                    warehouse: s3a://bucket/
                    jdbc.password: x
                """);

        assertThat(new PipelineConfigLoader(ENVIRONMENT).plainSecrets(file))
                .containsExactlyInAnyOrder(
                        "sources.pg.password", "sources.mongo.uri", "lake.catalog-properties.jdbc.password");
    }

    @Test
    void aMissingSectionIsOneProblemAndNotOneForEachOfItsKeys() {
        PipelineException failure = files().failure("pipeline: dev\n");

        assertThat(failure.what().lines())
                .containsExactly(
                        "4 problems:",
                        "pipeline.yaml:1:1 sources: is missing",
                        "pipeline.yaml:1:1 kafka: is missing",
                        "pipeline.yaml:1:1 clickhouse: is missing",
                        "pipeline.yaml:1:1 lake: is missing");
    }

    @Test
    void aFileThatIsNotThereIsUnreadable() {
        PipelineConfigLoader loader = new PipelineConfigLoader(Map.of());

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                PipelineException.class, () -> loader.load(directory.resolve("none.yaml")))
                        .code())
                .isEqualTo(ErrorCode.CONFIG_UNREADABLE);
    }

    @Test
    void brokenYamlIsUnreadableAndNamesTheLine() {
        PipelineException failure = files().failure("pipeline: dev\nsources: [ a, b\nkafka: {}\n");

        assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_UNREADABLE);
        assertThat(failure.where()).contains("line 3");
    }

    private ConfigFiles files() {
        return new ConfigFiles(directory, ENVIRONMENT);
    }

    private static String exampleOf(String page) throws IOException {
        String text = Files.readString(Path.of("..", "docs", page));
        int start = text.indexOf("```yaml\n") + "```yaml\n".length();
        return text.substring(start, text.indexOf("```", start));
    }
}
