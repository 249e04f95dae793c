package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.vaultline.config.PipelineConfigTemplate;
import io.vaultline.config.StackEndpoints;
import io.vaultline.devstack.Devstack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a careful operator relies on: {@code preflight} tells the truth and its fixes work, and masks hold everywhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SafetyIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A value that no mask covers. */
    private static final String CONTROL = "controlled";

    private Path directory;
    private Devstack stack;
    private ServersByHand servers;

    @BeforeAll
    void startServers(@TempDir Path directory) {
        this.directory = directory;
        stack = Devstack.builder().directory(directory.resolve("stack")).start();
        servers = new ServersByHand(stack, directory);
    }

    @AfterAll
    void stopServers() {
        stack.close();
    }

    @Test
    void theFixesOfPreflightMendADeliberatelyBrokenSetup() throws Exception {
        breakEverything();
        Path config = config("broken", SafetyPipelines.BROKEN, Map.of());
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));

        JsonNode broken = preflight(config, 1);
        List<JsonNode> mistakes = serious(broken);
        assertThat(mistakes).as(broken.toPrettyString()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(mistakes).allSatisfy(finding -> {
            assertThat(finding.get("fixKind").asText()).isNotEqualTo("advice");
            servers.apply(finding.get("fixKind").asText(), finding.get("fix").asText(), "broken");
        });

        JsonNode mended = preflight(config, 0);
        assertThat(serious(mended)).as(mended.toPrettyString()).isEmpty();
    }

    private void breakEverything() throws Exception {
        servers.sql("app", "CREATE DATABASE broken");
        servers.sql(
                "broken",
                "CREATE ROLE capture LOGIN PASSWORD 'captures'",
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.users (id int PRIMARY KEY, name text)",
                "INSERT INTO shop.users VALUES (1, 'one')",
                "CREATE TABLE shop.audit (at timestamptz, what text)",
                "CREATE UNLOGGED TABLE shop.cache (id int PRIMARY KEY)",
                "ALTER TABLE shop.cache OWNER TO capture",
                "CREATE TABLE shop.\"Places\" (a int, \"B\" int, PRIMARY KEY (a, \"B\") DEFERRABLE INITIALLY DEFERRED)",
                "ALTER TABLE shop.\"Places\" REPLICA IDENTITY FULL",
                "CREATE TABLE shop.\"Or\"\"ders\" (id int PRIMARY KEY, \"user\" int)",
                "ALTER TABLE shop.\"Or\"\"ders\" ENABLE ROW LEVEL SECURITY",
                "CREATE PUBLICATION broken FOR TABLE shop.users, shop.audit WITH (publish = 'insert')",
                "ALTER PUBLICATION broken OWNER TO capture",
                "SELECT pg_create_physical_replication_slot('broken')");
        try (MongoClient client = MongoClients.create(servers.endpoint("mongodb.uri"))) {
            client.getDatabase("broken").getCollection("ratings").insertOne(new Document("_id", 1));
        }
        try (Admin admin = servers.kafka()) {
            admin.createTopics(List.of(
                            new NewTopic("broken.__offsets", 1, (short) 1)
                                    .configs(Map.of("cleanup.policy", "delete", "max.message.bytes", "1000")),
                            new NewTopic("broken.pg.shop.users", 1, (short) 1)
                                    .configs(Map.of(
                                            "cleanup.policy", "compact",
                                            "retention.ms", "1000",
                                            "max.message.bytes", "41943040",
                                            "min.insync.replicas", "2"))))
                    .all()
                    .get();
        }
    }

    private JsonNode preflight(Path config, int exitCode) throws Exception {
        try (JarProcess jar = JarProcess.start(directory, "preflight", "--json", "--config", config.toString())) {
            assertThat(jar.exitCode(LIMIT)).as(jar.stderr()).isEqualTo(exitCode);
            assertThat(jar.stderr()).doesNotContain("captures");
            return new ObjectMapper().readTree(jar.stdout());
        }
    }

    private static List<JsonNode> serious(JsonNode report) {
        List<JsonNode> serious = new ArrayList<>();
        report.get("findings").forEach(finding -> {
            if (!finding.get("severity").asText().equals("note")) {
                serious.add(finding);
            }
        });
        return serious;
    }

    /** The users of the stack's ClickHouse are fixed, so its parser has to judge the statement. */
    @Test
    void missingRightsInClickHouseAreAllNamedInOneGrant() throws Exception {
        Path config = config(
                "rights",
                SafetyPipelines.CANARY.replace("masked", "rights").replace("{mongo masks}", ""),
                Map.of("clickhouse.user", "default", "clickhouse.password", ""));

        JsonNode findings = preflight(config, 1).get("findings");

        assertThat(findings)
                .filteredOn(finding -> finding.get("fix").asText().startsWith("GRANT CREATE"))
                .hasSize(1)
                .allSatisfy(finding -> {
                    assertThat(finding.get("fix").asText())
                            .startsWith("GRANT CREATE DATABASE, CREATE TABLE")
                            .endsWith(" ON `rights_vault`.* TO `default`;");
                    assertThat(servers.clickhouse(
                                    "EXPLAIN AST " + finding.get("fix").asText()))
                            .contains("Grant");
                });
    }

    @Test
    void oneSystemThatIsAwayHidesNothingOfTheOthers() throws Exception {
        Path config = config(
                "away",
                SafetyPipelines.BROKEN.replace("broken", "away"),
                Map.of("kafka.bootstrap.servers", "127.0.0.1:1", "clickhouse.http.url", "http://127.0.0.1:1"));

        JsonNode report = preflight(config, 1);

        assertThat(report.get("findings").findValuesAsText("code"))
                .contains("KAFKA_UNREACHABLE", "CLICKHOUSE_UNREACHABLE", "SOURCE_REFUSES_LOGIN");
    }

    @Test
    void noMaskedValueLeavesTheSource() throws Exception {
        String canary = "canary" + UUID.randomUUID().toString().replace("-", "");
        fill(canary);
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Path config = config(
                "masked",
                SafetyPipelines.CANARY.replace("{mongo masks}", SafetyPipelines.MONGO_MASKS) + SafetyPipelines.MASKS,
                Map.of());
        StringBuilder seen = new StringBuilder();
        try (Hoard spills = new Hoard(temporary, directory.resolve("hoard"));
                JarProcess run = JarProcess.start(
                        directory,
                        List.of("-Xmx1g", "-Djava.io.tmpdir=" + temporary),
                        "run",
                        "--debug",
                        "--config",
                        config.toString())) {
            run.awaitReady();
            change(canary);
            assertThat(exitCode("verify", config)).isZero();
            seen.append(run.get("/status").body()).append(run.get("/metrics").body());
            servers.sql("canary", "INSERT INTO people VALUES (5, 'E" + canary + "', 'P', 'xyz', 'S', 'NaN', 'p')");
            await().atMost(LIMIT)
                    .until(() -> servers.topicsContain("masked.__dlq", "canary.public.people")
                            || servers.topicsContain("masked.__dlq", "people.amount"));
            seen.append(run.stderr());
            assertThat(spills.names()).as("files of large transactions").isNotEmpty();
            assertThat(spills.contains(canary)).isFalse();
        }
        assertThat(seen.toString()).contains("DEBUG").doesNotContain(canary);
        assertThatWhatIsNotMaskedIsFound();
        assertThat(servers.topicsContain("masked.", canary)).isFalse();
        assertThat(servers.vaultContains("masked_vault", canary)).isFalse();
        assertThat(servers.filesContain(stack.directory().resolve("s3"), "/masked/", canary))
                .isFalse();
    }

    /** Otherwise the search would prove nothing. */
    private void assertThatWhatIsNotMaskedIsFound() throws Exception {
        assertThat(servers.topicsContain("masked.pg.", CONTROL)).isTrue();
        assertThat(servers.topicsContain("masked.mongo.", CONTROL)).isTrue();
        assertThat(servers.vaultContains("masked_vault", CONTROL)).isTrue();
        assertThat(servers.filesContain(stack.directory().resolve("s3"), "/masked/", CONTROL))
                .isTrue();
    }

    private void fill(String canary) throws SQLException {
        servers.sql("app", "CREATE DATABASE canary");
        servers.sql(
                "canary",
                "CREATE TABLE people (id int PRIMARY KEY, email text, phone text, note text, secret text,"
                        + " amount numeric(10,2), plain text)",
                "ALTER TABLE people REPLICA IDENTITY FULL",
                "CREATE TABLE accounts (email text PRIMARY KEY, v int)",
                people(1, 3, canary),
                "INSERT INTO accounts SELECT 'A" + canary + "' || i, i FROM generate_series(1, 3) i");
        try (MongoClient client = MongoClients.create(servers.endpoint("mongodb.uri"))) {
            MongoDatabase database = client.getDatabase("canary");
            database.createCollection("orders");
            database.runCommand(Document.parse("{collMod: 'orders', changeStreamPreAndPostImages: {enabled: true}}"));
            for (int i = 1; i <= 3; i++) {
                database.getCollection("orders").insertOne(order(i, canary));
            }
        }
    }

    private static String people(int from, int to, String canary) {
        return ("INSERT INTO people SELECT i, 'E%1$s' || i, 'P%1$s', 'xy%1$s', 'S%1$s', i, repeat('%4$s', 2000)"
                        + " FROM generate_series(%2$d, %3$d) i")
                .formatted(canary, from, to, CONTROL);
    }

    private static Document order(int i, String canary) {
        return Document.parse(("{_id: 'O%1$s%2$d', buyer: 'B%1$s', n: %2$d,"
                        + " address: {street: 'T%1$s', city: '%3$s'}, items: [{note: 'xy%1$s', price: 1}, {note: null}]}")
                .formatted(canary, i, CONTROL));
    }

    private void change(String canary) throws SQLException {
        servers.sql(
                "canary",
                people(100, 3_600, canary),
                "UPDATE people SET email = 'N' || email, plain = 'p' WHERE id <= 2",
                "UPDATE people SET id = 4 WHERE id = 3",
                "DELETE FROM people WHERE id = 1",
                "UPDATE accounts SET email = 'K" + canary + "' WHERE v = 1",
                "DELETE FROM accounts WHERE v = 2",
                "ALTER TABLE people ADD COLUMN later text",
                "UPDATE people SET later = 'x' WHERE id = 2");
        try (MongoClient client = MongoClients.create(servers.endpoint("mongodb.uri"))) {
            MongoCollection<BsonDocument> orders =
                    client.getDatabase("canary").getCollection("orders", BsonDocument.class);
            orders.updateOne(BsonDocument.parse("{n: 1}"), BsonDocument.parse("{$set: {buyer: 'Z" + canary + "'}}"));
            orders.updateOne(BsonDocument.parse("{n: 2}"), BsonDocument.parse("{$set: {address: '" + canary + "'}}"));
            orders.deleteOne(BsonDocument.parse("{n: 3}"));
        }
    }

    private int exitCode(String command, Path config) throws Exception {
        try (JarProcess jar = JarProcess.start(directory, command, "--config", config.toString())) {
            int code = jar.exitCode(LIMIT);
            assertThat(code).as(jar.stderr()).isZero();
            return code;
        }
    }

    private Path config(String name, String template, Map<String, String> otherEndpoints) throws IOException {
        Map<String, String> values = new HashMap<>(servers.endpoints().values());
        values.putAll(otherEndpoints);
        String text = PipelineConfigTemplate.render(template.replace("{name}", name), new StackEndpoints(values));
        return Files.writeString(directory.resolve(name + ".yaml"), text);
    }
}
