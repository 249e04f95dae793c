package io.vaultline.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says over HTTP how the process is: health, readiness, status, metrics. */
public final class StatusServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private record Answer(int status, String type, String body) {
        static Answer text(int status, String body) {
            return new Answer(status, "text/plain; charset=utf-8", body + "\n");
        }
    }

    @FunctionalInterface
    private interface Page {
        Answer answer() throws IOException;
    }

    private final String pipeline;
    private final ServiceGroup services;
    private final PipelineMetrics metrics;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, StatusServer::daemon);

    /**
     * Begins to listen.
     *
     * @param address where to listen; port 0 takes a free one
     * @throws PipelineException with {@code LOCAL_RESOURCE} if the port is taken
     */
    public StatusServer(InetSocketAddress address, String pipeline, ServiceGroup services, PipelineMetrics metrics) {
        this.pipeline = pipeline;
        this.services = services;
        this.metrics = metrics;
        this.server = listen(address);
        server.setExecutor(threads);
        serve("/health", this::health);
        serve("/ready", this::ready);
        serve("/status", this::status);
        serve("/metrics", () -> new Answer(OK, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
        server.start();
    }

    /** The server's address, with the port that it really has. */
    public URI uri() {
        InetSocketAddress bound = server.getAddress();
        return URI.create("http://" + bound.getHostString() + ":" + bound.getPort());
    }

    private Answer health() {
        return services.failure()
                .map(failure -> Answer.text(UNAVAILABLE, "failed: " + failure.getMessage()))
                .orElseGet(() -> Answer.text(OK, "working" + waits()));
    }

    private Answer ready() {
        List<String> notReady = services.notReady();
        return notReady.isEmpty()
                ? Answer.text(OK, "ready")
                : Answer.text(UNAVAILABLE, "not ready: " + String.join(", ", notReady) + waits());
    }

    private String waits() {
        return services.waiting().entrySet().stream()
                .map(entry -> "; " + entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining());
    }

    private Answer status() throws IOException {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("pipeline", pipeline);
        status.put("ready", services.notReady().isEmpty());
        status.put("notReady", services.notReady());
        status.put("services", services.names());
        status.put("waiting", services.waiting());
        status.put("alerts", services.alerts());
        status.put(
                "progress",
                metrics.progress().stream().map(StatusServer::fields).toList());
        status.put(
                "snapshots",
                metrics.snapshots().stream().map(StatusServer::fields).toList());
        status.put("logs", logs());
        services.failure().ifPresent(failure -> status.put("failure", failure.getMessage()));
        return new Answer(OK, "application/json", JSON.writeValueAsString(status));
    }

    private Map<String, Map<String, @Nullable Double>> logs() {
        Map<String, Map<String, @Nullable Double>> logs = new TreeMap<>();
        metrics.logs().forEach((service, measures) -> {
            Map<String, @Nullable Double> values = new TreeMap<>();
            measures.forEach((name, value) -> values.put(name, known(value)));
            logs.put(service, values);
        });
        return logs;
    }

    private static Map<String, Object> fields(PipelineMetrics.Progress progress) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("role", progress.role().label());
        fields.put("service", progress.service());
        fields.put("changes", progress.changes());
        fields.put("lagSeconds", progress.lagSeconds());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(PipelineMetrics.Snapshot snapshot) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("service", snapshot.service());
        fields.put("table", snapshot.table());
        fields.put("rows", snapshot.rows());
        fields.put("estimatedRows", snapshot.estimatedRows());
        fields.put("rowsPerSecond", Math.round(snapshot.rowsPerSecond()));
        fields.put("share", known(snapshot.share()));
        fields.put("remainingSeconds", known(snapshot.remainingSeconds()));
        return fields;
    }

    /** JSON has no NaN. */
    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private void serve(String path, Page page) {
        server.createContext(path, exchange -> {
            boolean readsOnly = List.of("GET", "HEAD").contains(exchange.getRequestMethod());
            send(exchange, readsOnly ? page.answer() : Answer.text(METHOD_NOT_ALLOWED, "GET only"));
        });
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        boolean head = "HEAD".equals(exchange.getRequestMethod());
        exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static HttpServer listen(InetSocketAddress address) {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new PipelineException(
                    ErrorCode.LOCAL_RESOURCE,
                    "The status page can't listen: " + e.getMessage(),
                    "http.port = " + address.getPort() + ", http.host = " + address.getHostString(),
                    "Another process has the port, perhaps another role of this pipeline: set http.port or give"
                            + " --http-port, 0 for any free one.",
                    e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "status");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
