package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.vaultline.capture.mongo.MongoState;
import io.vaultline.capture.postgres.PostgresState;
import io.vaultline.capture.source.SourceState;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SourceStateIT {
    private static final CollectionId TABLE = new CollectionId("pg", "public", "orders");
    private static final CollectionId DOCUMENTS = new CollectionId("mongo", "app", "orders");

    @TempDir
    static Path directory;

    private static Devstack stack;

    @BeforeAll
    static void start() {
        stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.POSTGRES, ServerKind.MONGODB))
                .start();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void a_table_is_seen_as_it_was_whatever_happens_since() throws SQLException {
        execute("CREATE TABLE orders (id int PRIMARY KEY, note text, secret text)");
        execute("CREATE TABLE unpublishable (note text)");
        execute("INSERT INTO orders VALUES (1, 'a', 'x'), (2, NULL, 'y')");
        try (PostgresState state = PostgresState.open(postgres())) {
            execute("INSERT INTO orders VALUES (3, 'later', 'z')");
            execute("UPDATE orders SET note = 'later'");

            assertThat(state.collections()).containsExactly(TABLE);
            assertThat(state.count(TABLE)).isEqualTo(2);
            CollectionSchema schema = schema(TABLE, CollectionKind.TABLE, "id", Simple.INT32, "note", "not_yet");
            assertThat(rows(state, schema))
                    .containsExactlyInAnyOrder(new Row(schema, 1, "a", null), new Row(schema, 2, null, null));
            try (PostgresState later = PostgresState.open(postgres())) {
                assertThat(later.commitPosition()).isGreaterThan(state.commitPosition());
                assertThat(later.count(TABLE)).isEqualTo(3);
            }
        }
    }

    @Test
    void documents_are_seen_as_they_were_whatever_happens_since() {
        try (MongoClient client =
                MongoClients.create(stack.endpoints().mongodb().uri())) {
            MongoCollection<Document> orders = client.getDatabase("app").getCollection("orders");
            orders.insertMany(
                    List.of(new Document("_id", 1).append("note", "a"), new Document("_id", 2).append("note", null)));
            try (MongoState state = MongoState.open(mongo("app"))) {
                orders.insertOne(new Document("_id", 3));
                orders.updateMany(new Document(), new Document("$set", new Document("note", "later")));

                assertThat(state.collections()).containsExactly(DOCUMENTS);
                assertThat(state.count(DOCUMENTS)).isEqualTo(2);
                CollectionSchema schema =
                        schema(DOCUMENTS, CollectionKind.DOCUMENTS, "_id", Simple.INT64, "note", "_misfits");
                assertThat(rows(state, schema))
                        .extracting(row -> row.get("_id") + " " + row.get("note") + " " + row.get("_misfits"))
                        .containsExactlyInAnyOrder("1 a null", "2 null {\"note\": null}");
                try (MongoState later = MongoState.open(mongo("app"))) {
                    assertThat(later.commitPosition()).isGreaterThan(state.commitPosition());
                }
            }
        }
    }

    @Test
    void a_database_without_collections_has_a_state_too() {
        try (MongoState state = MongoState.open(mongo("empty"))) {
            assertThat(state.commitPosition()).isPositive();
            assertThat(state.collections()).isEmpty();
        }
    }

    private static List<Row> rows(SourceState state, CollectionSchema schema) {
        List<Row> rows = new ArrayList<>();
        state.read(schema, rows::add);
        return rows;
    }

    /** A key, and texts; of documents, by the names of their BSON types. */
    private static CollectionSchema schema(
            CollectionId id, CollectionKind kind, String key, DataType keyType, String... texts) {
        boolean documents = kind == CollectionKind.DOCUMENTS;
        String says = documents ? "string" : "text";
        List<Column> columns = new ArrayList<>(List.of(new Column(key, keyType, documents ? "int32" : "key", false)));
        for (String text : texts) {
            columns.add(new Column(text, text.equals("_misfits") ? Simple.JSON : Simple.TEXT, says, true));
        }
        return new CollectionSchema(id, kind, columns, List.of(key), List.of());
    }

    private static void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        stack.endpoints().postgres().jdbcUrl(),
                        stack.endpoints().postgres().user(),
                        stack.endpoints().postgres().password());
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private static SourceConfig.Postgres postgres() {
        return new SourceConfig.Postgres(
                "pg",
                stack.endpoints().postgres().jdbcUrl(),
                stack.endpoints().postgres().user(),
                new Secret(stack.endpoints().postgres().password()),
                "slot",
                "publication",
                List.of(),
                List.of(),
                List.of("public.orders.secret"),
                Duration.ofSeconds(1));
    }

    private static SourceConfig.Mongo mongo(String database) {
        return new SourceConfig.Mongo(
                "mongo",
                new Secret(stack.endpoints().mongodb().uri()),
                database,
                List.of(),
                List.of(),
                List.of(),
                Duration.ofSeconds(1));
    }
}
