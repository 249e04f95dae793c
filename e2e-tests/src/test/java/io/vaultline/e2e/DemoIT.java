package io.vaultline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as a newcomer starts it, with the pipeline killed in the middle; then a look at what it left. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class DemoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static Jar demo;
    private static Jar secondPipeline;

    @BeforeAll
    static void runUntilEverythingIsTold() throws Exception {
        demo = Jar.start(
                directory,
                "demo",
                "--orders",
                "200",
                "--seconds",
                "12",
                "--keep",
                "--dir",
                stack().toString(),
                "--report",
                report().toString());
        long pipeline =
                Long.parseLong(demo.awaitMatch("process (\\d+), log", PATIENCE).group(1));
        demo.awaitMatch(" of 12 s: written", PATIENCE);
        ProcessHandle.of(pipeline).orElseThrow().destroyForcibly();
        secondPipeline = Jar.startAsPrinted(
                directory,
                demo.awaitMatch("(java -jar .* run --config .*pipeline\\.yaml)", PATIENCE)
                        .group(1));
        secondPipeline.awaitMatch("capture-mongo started", PATIENCE);
        demo.awaitMatch("Everything stays up", PATIENCE);
    }

    @AfterAll
    static void stop() {
        demo.close();
        secondPipeline.close();
    }

    @Test
    @Order(1)
    void a_pipeline_that_was_killed_and_started_again_has_lost_nothing() throws IOException {
        JsonNode report = JSON.readTree(Files.readString(report()));

        assertThat(report.path("ok").asBoolean()).isTrue();
        assertThat(report.path("tables")).hasSizeGreaterThanOrEqualTo(9).allSatisfy(table -> {
            assertThat(table.path("checksumEqual").asBoolean()).isTrue();
            assertThat(table.path("vaultRows").asLong())
                    .isEqualTo(table.path("sourceRows").asLong());
            assertThat(table.path("historyChanges").asLong()).isPositive();
        });
    }

    @Test
    @Order(2)
    void the_password_hashes_have_left_the_source_nowhere() throws Exception {
        String columns = clickHouse("SELECT arrayStringConcat(groupArray(name), ' ') FROM system.columns"
                + " WHERE database = 'vault' AND table LIKE '%users%'");

        assertThat(columns).contains("email").doesNotContain("password");
    }

    @Test
    @Order(3)
    void a_row_that_was_tampered_with_is_named() throws Exception {
        clickHouse("ALTER TABLE vault.sat_sellers UPDATE name = 'Mallory' WHERE sellers_hk IN"
                + " (SELECT sellers_hk FROM vault.hub_sellers WHERE id = 7) SETTINGS mutations_sync = 2");
        clickHouse("ALTER TABLE vault.sat_categories DELETE WHERE categories_hk IN"
                + " (SELECT categories_hk FROM vault.hub_categories WHERE id = 3) SETTINGS mutations_sync = 2");
        try (Jar verify = Jar.start(
                directory,
                "verify",
                "--config",
                stack().resolve("pipeline.yaml").toString(),
                "--json")) {
            assertThat(verify.exitCode(PATIENCE)).as(verify.stderr()).isEqualTo(3);
            JsonNode report = JSON.readTree(verify.stdout());

            assertThat(report.path("ok").asBoolean()).isFalse();
            assertThat(difference(report, "shop.sellers"))
                    .isEqualTo(
                            JSON.readTree(
                                    "[{\"store\": \"vault\", \"kind\": \"different\", \"key\": \"id=7\", \"columns\": [\"name\"]}]"));
            assertThat(difference(report, "shop.categories"))
                    .isEqualTo(JSON.readTree(
                            "[{\"store\": \"vault\", \"kind\": \"missing\", \"key\": \"id=3\", \"columns\": []}]"));
            assertThat(difference(report, "shop.users").isMissingNode()).isTrue();
        }
    }

    @Test
    @Order(4)
    void a_single_table_can_be_verified() throws Exception {
        try (Jar verify = Jar.start(
                directory,
                "verify",
                "--config",
                stack().resolve("pipeline.yaml").toString(),
                "--table",
                "shop.users",
                "--json")) {
            assertThat(verify.exitCode(PATIENCE)).as(verify.stderr()).isZero();

            assertThat(JSON.readTree(verify.stdout()).path("tables")).hasSize(1);
        }
    }

    @Test
    @Order(5)
    void a_request_to_end_ends_everything() throws Exception {
        demo.terminate();

        assertThat(demo.exitCode(PATIENCE)).isZero();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains(stack().toString()) && !line.contains(" run --config ")))
                .isEmpty();
    }

    private static JsonNode difference(JsonNode report, String table) {
        for (JsonNode node : report.path("tables")) {
            if (node.path("table").asText().equals(table)) {
                return node.path("differences");
            }
        }
        throw new AssertionError("no table " + table);
    }

    private static String clickHouse(String statement) throws IOException, InterruptedException {
        Properties endpoints = new Properties();
        try (Reader reader = Files.newBufferedReader(stack().resolve("endpoints.properties"))) {
            endpoints.load(reader);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoints.getProperty("clickhouse.http.url")))
                .header("X-ClickHouse-User", endpoints.getProperty("clickhouse.user"))
                .header("X-ClickHouse-Key", endpoints.getProperty("clickhouse.password"))
                .POST(HttpRequest.BodyPublishers.ofString(statement))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static Path stack() {
        return directory.resolve("stack");
    }

    private static Path report() {
        return directory.resolve("report.json");
    }
}
