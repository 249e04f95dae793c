package io.vaultline.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks the pipeline's status page how it is. */
final class PipelineStatus {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * How far the pipeline has come since its process started.
     *
     * @param failure what ended it, if it has failed
     */
    record Answer(boolean ready, Progress captured, Progress loaded, Progress archived, Optional<String> failure) {
        static final Answer NOTHING = new Answer(false, Progress.NONE, Progress.NONE, Progress.NONE, Optional.empty());
    }

    /** Changes made durable by one role, and the seconds from the last one's commit until it was. */
    record Progress(long changes, double lagSeconds) {
        static final Progress NONE = new Progress(0, 0);
    }

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest request;

    PipelineStatus(int port) {
        this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/status"))
                .timeout(PATIENCE)
                .build();
    }

    /** The answer, or nothing if nobody answers. */
    Optional<Answer> ask() throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return Optional.of(answer(JSON.readTree(response.body())));
        } catch (IOException e) {
            // Not started yet, or gone: what the caller wants to know.
            return Optional.empty();
        }
    }

    private static Answer answer(JsonNode status) {
        return new Answer(
                status.path("ready").asBoolean(),
                progress(status, "capture"),
                progress(status, "load"),
                progress(status, "archive"),
                Optional.ofNullable(status.get("failure")).map(JsonNode::asText));
    }

    /** The services of a role together: their changes, and the largest lag. */
    private static Progress progress(JsonNode status, String role) {
        Progress sum = Progress.NONE;
        for (JsonNode service : status.path("progress")) {
            if (service.path("role").asText().equalsIgnoreCase(role)) {
                sum = new Progress(
                        sum.changes() + service.path("changes").asLong(),
                        Math.max(sum.lagSeconds(), service.path("lagSeconds").asDouble()));
            }
        }
        return sum;
    }
}
