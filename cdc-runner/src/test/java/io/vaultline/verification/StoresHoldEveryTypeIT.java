package io.vaultline.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.vaultline.capture.CaptureService;
import io.vaultline.capture.MongoValues;
import io.vaultline.capture.PostgresAnswers;
import io.vaultline.capture.PostgresValues;
import io.vaultline.capture.mongo.DocumentAssembler;
import io.vaultline.clickhouse.load.LoadService;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.config.PipelineConfigTemplate;
import io.vaultline.config.StackEndpoints;
import io.vaultline.devstack.Devstack;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.iceberg.ArchiveService;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicNames;
import io.vaultline.service.Service;
import io.vaultline.service.ServiceGroup;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every value of every type of both sources, carried by the whole pipeline, is in both stores what the source says it is:
 * from the snapshot, the stream, and an update that leaves large values unsent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoresHoldEveryTypeIT {
    private static final int STREAMED = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final VerificationListener SILENT = new VerificationListener() {
        @Override
        public void waiting(String reason) {}

        @Override
        public void standing(String note) {}

        @Override
        public void comparing(CollectionId collection) {}
    };

    private Devstack stack;
    private PipelineConfig config;
    private ServiceGroup services;
    private VaultShown vault;
    private HistoryShown history;
    private VerificationReport report;

    @BeforeAll
    void carryEverything(@TempDir Path directory) throws Exception {
        stack = Devstack.builder().directory(directory.resolve("stack")).start();
        Path file = directory.resolve("pipeline.yaml");
        StackEndpoints endpoints = new StackEndpoints(stack.endpoints().toProperties());
        PipelineConfigTemplate.write(
                file,
                PipelineConfigTemplate.render(endpoints)
                        .replace("commit-interval: 5s", "commit-interval: 500ms")
                        .replace("type: postgres", "type: postgres\n    heartbeat: 1s\n    engine: native")
                        .replace("type: mongodb", "type: mongodb\n    heartbeat: 1s\n    engine: native"));
        config = new PipelineConfigLoader(Map.of()).load(file);
        sql(PostgresValues.creation());
        sql(PostgresValues.insertion(0));
        sql(List.of(
                "CREATE TABLE keyless (LIKE every)",
                "ALTER TABLE keyless REPLICA IDENTITY FULL",
                "INSERT INTO keyless SELECT * FROM every"));
        insertDocuments(0);
        run();
        sql(PostgresValues.insertion(STREAMED));
        sql(List.of(
                "UPDATE every SET n = 1 WHERE id >= " + STREAMED,
                "INSERT INTO keyless SELECT * FROM every WHERE id >= " + STREAMED,
                "UPDATE keyless SET n = n + 1"));
        insertDocuments(STREAMED);
        report = new Verification(config, new VerificationOptions(LIMIT, LIMIT), SILENT).run();
        vault = new VaultShown(config.clickhouse());
        history = new HistoryShown(config.lake());
    }

    private void run() {
        List<Service> all = new ArrayList<>(List.of(new ArchiveService(config), new LoadService(config)));
        config.sources().forEach(source -> all.add(new CaptureService(config, source)));
        services = new ServiceGroup(all);
        services.start();
        Awaitility.await()
                .atMost(LIMIT)
                .failFast(() -> services.failure().isPresent())
                .until(() -> all.stream().allMatch(Service::ready));
    }

    @AfterAll
    void stop() {
        history.close();
        services.close();
        stack.close();
        assertThat(services.failure()).isEmpty();
    }

    private void sql(List<String> commands) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                stack.endpoints().postgres().jdbcUrl(),
                stack.endpoints().postgres().user(),
                stack.endpoints().postgres().password());
    }

    /** At first the values that make the columns, and later each value in each column. */
    private void insertDocuments(int firstId) {
        try (MongoClient client =
                MongoClients.create(stack.endpoints().mongodb().uri())) {
            MongoDatabase database = client.getDatabase("app");
            int[] distances = firstId == 0
                    ? new int[] {0, 1}
                    : IntStream.range(0, MongoValues.count()).toArray();
            database.getCollection("kinds", BsonDocument.class).insertMany(MongoValues.ofEveryType(firstId, distances));
            database.getCollection("named", BsonDocument.class).insertMany(MongoValues.oddlyNamed(firstId));
        }
    }

    @Test
    void verifyFindsNoDifference() {
        assertThat(report.ok()).as(report.toJson()).isTrue();
        assertThat(report.tables())
                .extracting(TableResult::table)
                .contains("public.every", "public.keyless", "app.kinds", "app.named");
    }

    @Test
    void everyTypeOfPostgresIsInBothStores() throws Exception {
        CollectionSchema every = schema("pg", "public", PostgresValues.TABLE);
        List<String> said = said(every);
        assertThat(said).hasSize(2 * PostgresValues.rows() * every.columns().size());

        assertThat(spoken(vault.current(every))).isEqualTo(said);
        assertThat(spoken(history.current(every))).isEqualTo(said);
        assertThat(history.carried()).as("values that were not sent again").isPositive();
    }

    @Test
    void rowsWithoutAKeyAreWhatTheirValuesAre() throws Exception {
        CollectionSchema keyless = schema("pg", "public", "keyless");

        assertThat(spoken(vault.current(keyless))).isEqualTo(said(keyless));
    }

    @Test
    void everyTypeOfMongodbIsInBothStores() throws Exception {
        assertHeld("kinds", 2 + MongoValues.count());
    }

    @Test
    void fieldsKeepTheirNames() throws Exception {
        assertHeld("named", 4);
    }

    private void assertHeld(String collection, int count) throws Exception {
        CollectionSchema schema = schema("mongo", "app", collection);
        List<RawBsonDocument> documents = new ArrayList<>();
        try (MongoClient client =
                MongoClients.create(stack.endpoints().mongodb().uri())) {
            client.getDatabase("app")
                    .getCollection(collection, RawBsonDocument.class)
                    .find()
                    .into(documents);
        }
        assertThat(documents).hasSize(count);

        assertThat(texts(assembled(vault.current(schema)))).isEqualTo(texts(documents));
        assertThat(texts(assembled(history.current(schema)))).isEqualTo(texts(documents));
    }

    private CollectionSchema schema(String source, String namespace, String name) {
        try (SchemaCatalog catalog =
                new SchemaCatalog(new KafkaClients(config.kafka()), new TopicNames(config.pipeline()))) {
            catalog.refresh();
            return Objects.requireNonNull(catalog.newest().get(new CollectionId(source, namespace, name)))
                    .collection();
        }
    }

    /** A line for each value, by row and column. */
    private List<String> said(CollectionSchema schema) throws SQLException {
        List<String> expressions = schema.columns().stream()
                .map(column -> PostgresAnswers.asked(column.type(), column.name()))
                .toList();
        List<String> lines = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String setting : PostgresAnswers.SETTINGS) {
                statement.execute(setting);
            }
            ResultSet rows = statement.executeQuery("SELECT " + String.join(", ", expressions) + " FROM public."
                    + schema.id().name() + " ORDER BY id");
            while (rows.next()) {
                for (int i = 0; i < expressions.size(); i++) {
                    lines.add(line(schema, i, rows.getString(1), rows.getString(i + 1)));
                }
            }
        }
        return lines;
    }

    private static List<String> spoken(List<Row> rows) {
        Map<Integer, Row> byId = new TreeMap<>();
        rows.forEach(row -> byId.put((Integer) Objects.requireNonNull(row.get("id")), row));
        assertThat(byId).hasSameSizeAs(rows);
        List<String> lines = new ArrayList<>();
        byId.forEach((id, row) -> {
            CollectionSchema schema = row.schema();
            for (int i = 0; i < schema.columns().size(); i++) {
                String value = PostgresAnswers.spoken(schema.columns().get(i).type(), row.get(i));
                lines.add(line(schema, i, id.toString(), value));
            }
        });
        return lines;
    }

    private static String line(CollectionSchema schema, int column, String id, @Nullable String value) {
        return id + " " + schema.columns().get(column).sourceType() + " " + (value == null ? "is null" : "= " + value);
    }

    private static List<RawBsonDocument> assembled(List<Row> rows) {
        return rows.stream().map(DocumentAssembler::document).toList();
    }

    /** For the eye, and to the byte; the number stands in front. */
    private static List<String> texts(List<RawBsonDocument> documents) {
        return documents.stream()
                .map(document -> document.toJson() + " " + HexFormat.of().formatHex(bytes(document)))
                .sorted()
                .toList();
    }

    private static byte[] bytes(RawBsonDocument document) {
        ByteBuffer buffer = document.getByteBuffer().asNIO();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
