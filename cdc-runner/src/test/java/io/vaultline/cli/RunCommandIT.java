package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vaultline.config.PipelineConfigTemplate;
import io.vaultline.config.StackEndpoints;
import io.vaultline.devstack.Devstack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real jar on real servers: it starts, works, drains, and says in one message why it can't. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunCommandIT {
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    private Path directory;
    private Devstack stack;
    private StackEndpoints endpoints;

    @BeforeAll
    void startServers(@TempDir Path directory) throws SQLException {
        this.directory = directory;
        stack = Devstack.builder().directory(directory.resolve("stack")).start();
        endpoints = new StackEndpoints(stack.endpoints().toProperties());
        sql("create table parcels(id int primary key, weight int)");
        sql("insert into parcels select i, i from generate_series(1, 100) i");
        sql("create table stops(stop_id int primary key, parcel_id int)");
        sql("insert into stops select 1000 + i, i from generate_series(1, 50) i");
    }

    @AfterAll
    void stopServers() {
        stack.close();
    }

    @Test
    void thePipelineGetsReadyCarriesChangesAndDrainsWhenAskedToEnd() throws Exception {
        try (JarProcess run = run("whole", Map.of())) {
            run.awaitReady();
            await().atMost(GIVE_UP)
                    .untilAsserted(() -> assertThat(parcelsInTheVault()).isEqualTo("100"));
            sql("delete from parcels where id > 90");
            await().atMost(GIVE_UP)
                    .untilAsserted(() -> assertThat(parcelsInTheVault()).isEqualTo("90"));
            assertThat(run.get("/metrics").body()).contains("vaultline_changes_total{role=\"load\"");
            assertThat(printed("infer"))
                    .contains(
                            "#   hub_parcels: key id",
                            "#   sampled: 90 rows",
                            "{from: stops, path: parcel_id, to: parcels}");
            assertThat(merged("links:\n# ours\n"))
                    .startsWith("links:\n  # 100 % of 50")
                    .endsWith("to: parcels}\n# ours\n");
            assertThat(printed("ddl")).contains("`parcels_current`").doesNotContain("CREATE TABLE");

            run.terminate();

            assertThat(run.exitCode(DRAIN)).isZero();
            assertThat(run.stderr()).contains("pipeline dev stopped").doesNotContain("\tat ");
        }
    }

    @Test
    void rolesRunAsProcessesOfTheirOwn() throws Exception {
        Path config = config("roles", Map.of());
        try (JarProcess capture = start(config, "--roles", "capture");
                JarProcess others = start(config, "--roles", "load,archive")) {
            capture.awaitReady();
            others.awaitReady();
            assertThat(capture.get("/status").body()).contains("capture-pg").doesNotContain("\"load\"");

            capture.terminate();
            others.terminate();

            assertThat(capture.exitCode(DRAIN)).isZero();
            assertThat(others.exitCode(DRAIN)).isZero();
        }
    }

    @Test
    void aWrongPasswordEndsTheRunWithOneMessage() throws Exception {
        try (JarProcess run = run("password", Map.of("postgres.password", "wrong"))) {
            assertThat(run.exitCode(GIVE_UP)).isEqualTo(1);
            assertOneMessage(run.stderr(), "PostgreSQL refuses the login", "source pg");
        }
    }

    @Test
    void aSourceThatIsNotThereEndsTheRunWithOneMessage() throws Exception {
        try (JarProcess run =
                run("source", Map.of("postgres.jdbc.url", "jdbc:postgresql://127.0.0.1:" + freePort() + "/app"))) {
            assertThat(run.exitCode(GIVE_UP)).isEqualTo(1);
            assertOneMessage(run.stderr(), "PostgreSQL does not answer", "source pg");
        }
    }

    @Test
    void aMissingBucketEndsTheRunWithOneMessage() throws Exception {
        try (JarProcess run = run("bucket", Map.of("s3.bucket", "no-such-bucket"))) {
            assertThat(run.exitCode(GIVE_UP)).isEqualTo(1);
            assertOneMessage(run.stderr(), "bucket", "no-such-bucket");
        }
    }

    @Test
    void aTakenPortEndsTheRunWithTheKeyThatSetsIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                JarProcess run = start(config("port", Map.of()), "--http-port", "" + taken.getLocalPort())) {
            assertThat(run.exitCode(GIVE_UP)).isEqualTo(1);
            assertOneMessage(run.stderr(), "http.port = " + taken.getLocalPort(), "--http-port");
        }
    }

    /** What a vault model file has become by a merge. */
    private String merged(String text) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("edited.yaml"), text);
        String config = config("infer", Map.of()).toString();
        try (JarProcess jar = JarProcess.start(directory, "infer", "--config", config, "--merge", file.toString())) {
            assertThat(jar.exitCode(GIVE_UP)).as(jar.stderr()).isZero();
            assertThat(jar.stderr()).contains("Statements added to " + file + ": 1");
        }
        return Files.readString(file);
    }

    private String printed(String command) throws IOException, InterruptedException {
        try (JarProcess jar = JarProcess.start(
                directory, command, "--config", config(command, Map.of()).toString())) {
            assertThat(jar.exitCode(GIVE_UP)).as(jar.stderr()).isZero();
            return jar.stdout();
        }
    }

    private static void assertOneMessage(String stderr, String... parts) {
        assertThat(stderr).contains(parts).containsOnlyOnce("error: ").doesNotContain("\tat ");
    }

    private JarProcess run(String name, Map<String, String> otherEndpoints) throws IOException {
        return start(config(name, otherEndpoints));
    }

    private JarProcess start(Path config, String... options) throws IOException {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "run";
        arguments[1] = "--config";
        arguments[2] = config.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return JarProcess.start(directory, arguments);
    }

    /** A configuration of the stack's servers, but for the endpoints given. */
    private Path config(String name, Map<String, String> otherEndpoints) throws IOException {
        Map<String, String> values = new HashMap<>(endpoints.values());
        values.putAll(otherEndpoints);
        String text = PipelineConfigTemplate.render(new StackEndpoints(values));
        return Files.writeString(directory.resolve(name + ".yaml"), text);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        endpoints.get("postgres.jdbc.url"),
                        endpoints.get("postgres.user"),
                        endpoints.get("postgres.password"));
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private String parcelsInTheVault() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoints.get("clickhouse.http.url")))
                .header("X-ClickHouse-User", endpoints.get("clickhouse.user"))
                .header("X-ClickHouse-Key", endpoints.get("clickhouse.password"))
                .POST(HttpRequest.BodyPublishers.ofString("select count() from vault.parcels_current"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .strip();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
