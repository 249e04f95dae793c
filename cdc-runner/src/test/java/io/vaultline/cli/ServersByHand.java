package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.vaultline.config.StackEndpoints;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** The servers as an administrator works with them: by the statements that are printed for a person. */
final class ServersByHand {
    private static final Pattern MONGOSH =
            Pattern.compile("db\\.getSiblingDB\\(\"([^\"]+)\"\\)\\.runCommand\\((.*)\\)", Pattern.DOTALL);

    private final Path directory;
    private final Devstack stack;
    private final StackEndpoints endpoints;

    ServersByHand(Devstack stack, Path directory) {
        this.stack = stack;
        this.directory = directory;
        StackEndpoints own = new StackEndpoints(stack.endpoints().toProperties());
        Map<String, String> values = new HashMap<>(own.values());
        for (String database : List.of("broken", "away", "canary")) {
            values.put(database + ".jdbc.url", jdbcUrl(own.get("postgres.jdbc.url"), database));
        }
        this.endpoints = new StackEndpoints(values);
    }

    private static String jdbcUrl(String url, String database) {
        return url.replaceAll("/app$", "/" + database);
    }

    StackEndpoints endpoints() {
        return endpoints;
    }

    String endpoint(String name) {
        return endpoints.get(name);
    }

    /** Runs what a finding says, as it says it. */
    void apply(String kind, String fix, String database) throws Exception {
        switch (kind) {
            case "sql" -> sql(database, fix.split("\n", -1));
            case "mongosh" -> mongosh(endpoint("mongodb.uri"), fix);
            case "clickhouse" -> clickhouse(fix);
            case "shell" -> shell(fix);
            default -> throw new IllegalArgumentException("nothing runs " + kind + ": " + fix);
        }
    }

    void sql(String database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        jdbcUrl(endpoint("postgres.jdbc.url"), database),
                        endpoint("postgres.user"),
                        endpoint("postgres.password"));
                Statement statement = connection.createStatement()) {
            for (String line : statements) {
                statement.execute(line);
            }
        }
    }

    void mongosh(String uri, String command) {
        Matcher parts = MONGOSH.matcher(command);
        assertThat(parts.matches()).as(command).isTrue();
        try (MongoClient client = MongoClients.create(uri)) {
            client.getDatabase(parts.group(1)).runCommand(BsonDocument.parse(parts.group(2)));
        }
    }

    /** With Kafka's own tools on the path, under the names that they have in its distribution. */
    private void shell(String command) throws IOException, InterruptedException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        Path configs = tools.resolve("kafka-configs.sh");
        Files.writeString(
                configs,
                "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' -cp '" + kafkaJars()
                        + "' kafka.admin.ConfigCommand \"$@\"\n");
        assertThat(configs.toFile().setExecutable(true)).isTrue();
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command);
        shell.environment().merge("PATH", tools.toString(), (path, own) -> own + ":" + path);
        Process process = shell.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + "\n" + output).isZero();
    }

    private String kafkaJars() {
        String[] arguments = ProcessHandle.of(stack.pid(ServerKind.KAFKA).orElseThrow())
                .flatMap(handle -> handle.info().arguments())
                .orElseThrow();
        return arguments[List.of(arguments).indexOf("-cp") + 1];
    }

    Admin kafka() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", endpoint("kafka.bootstrap.servers"));
        return Admin.create(settings);
    }

    String clickhouse(String statement) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint("clickhouse.http.url")))
                .header("X-ClickHouse-User", endpoint("clickhouse.user"))
                .header("X-ClickHouse-Key", endpoint("clickhouse.password"))
                .POST(HttpRequest.BodyPublishers.ofString(statement.replaceFirst(";\\s*$", "")))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(statement + "\n" + response.body()).isEqualTo(200);
        return response.body();
    }

    long count(String table) throws IOException, InterruptedException {
        return Long.parseLong(clickhouse("SELECT count() FROM " + table).strip());
    }

    /** Whether any table or view of a database shows a text. */
    boolean vaultContains(String database, String text) throws IOException, InterruptedException {
        boolean found = false;
        for (String table : clickhouse("SELECT name FROM system.tables WHERE database = '" + database + "'")
                .lines()
                .toList()) {
            found |=
                    clickhouse("SELECT * FROM " + database + ".`" + table + "`").contains(text);
        }
        return found;
    }

    /** Whether a key or value of any topic of a pipeline holds a text, aborted records included. */
    boolean topicsContain(String prefix, String text) {
        Map<String, Object> settings = Map.of("bootstrap.servers", endpoint("kafka.bootstrap.servers"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.listTopics().forEach((topic, infos) -> {
                if (topic.startsWith(prefix)) {
                    infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
                }
            });
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            boolean found = false;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> item : consumer.poll(Duration.ofMillis(100))) {
                    found |= holds(item.key(), text)
                            || holds(item.value(), text)
                            || Arrays.stream(item.headers().toArray()).anyMatch(header -> holds(header.value(), text));
                }
            }
            return found;
        }
    }

    /** Whether any file below a folder, with a part in its path, holds a text. */
    boolean filesContain(Path folder, String part, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(part))
                    .anyMatch(file -> holds(read(file), text));
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean holds(byte @Nullable [] bytes, String text) {
        return bytes != null && new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }
}
