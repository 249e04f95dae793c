package io.vaultline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {
    private final WorkingService load = new WorkingService(Role.LOAD, "load", new CopyOnWriteArrayList<>());
    private final WorkingService capture = new WorkingService(Role.CAPTURE, "capture-pg", new CopyOnWriteArrayList<>());
    private final ServiceGroup group = new ServiceGroup(List.of(load, capture));
    private final PipelineMetrics metrics = new PipelineMetrics();
    private final StatusServer server = new StatusServer(loopback(0), "dev", group, metrics);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
        group.close();
        metrics.close();
    }

    @Test
    void readyNamesTheServicesThatAreNotReadyAndTurnsWhenAllAre() throws Exception {
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/ready").body()).isEqualTo("not ready: load, capture-pg\n");

        group.start();

        assertThat(get("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void healthTurnsAndGivesTheReasonAfterAFailure() throws Exception {
        group.start();
        assertThat(get("/health").statusCode()).isEqualTo(200);

        load.failNow();
        group.awaitEnd();

        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("load broke");
    }

    @Test
    void statusAndMetricsShowWhatEachServiceMadeDurable() throws Exception {
        metrics.bind(List.of(load, capture));
        group.start();

        await().untilAsserted(() ->
                assertThat(changesIn(get("/status").body(), "capture-pg")).isPositive());
        assertThat(get("/metrics").body())
                .contains("vaultline_changes_total{role=\"load\",service=\"load\"}")
                .contains("vaultline_lag_seconds{role=\"capture\",service=\"capture-pg\"}")
                .contains("vaultline_ready{service=\"load\"} 1")
                .contains("vaultline_last_commit_timestamp_seconds{")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void aServiceThatWaitsIsHealthyAndSaysForWhat() throws Exception {
        group.start();
        capture.waitsFor("waits for Kafka, for 75 s now");

        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/health").body()).isEqualTo("working; capture-pg waits for Kafka, for 75 s now\n");
        assertThat(new ObjectMapper()
                        .readTree(get("/status").body())
                        .at("/waiting/capture-pg")
                        .asText())
                .isEqualTo("waits for Kafka, for 75 s now");
    }

    @Test
    void onlyReadingIsAllowed() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(server.uri().resolve("/health"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();

        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void aTakenPortIsReportedWithTheKeyThatSetsIt() {
        int taken = server.uri().getPort();

        PipelineException failure = catchThrowableOfType(
                PipelineException.class, () -> new StatusServer(loopback(taken), "dev", group, metrics).close());

        assertThat(failure.where()).contains("http.port = " + taken);
        assertThat(failure.remedy()).contains("--http-port");
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static long changesIn(String status, String service) throws IOException {
        for (JsonNode progress : new ObjectMapper().readTree(status).get("progress")) {
            if (progress.get("service").asText().equals(service)) {
                return progress.get("changes").asLong();
            }
        }
        return 0;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
