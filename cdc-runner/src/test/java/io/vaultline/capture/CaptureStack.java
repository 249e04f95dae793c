package io.vaultline.capture;

import com.mongodb.client.MongoClient;
import io.vaultline.config.KafkaConfig;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import io.vaultline.config.SourceConfig.Engine;
import io.vaultline.config.TransactionBound;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.Endpoints;
import io.vaultline.devstack.endpoint.ServerKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.BsonTimestamp;
import org.bson.Document;

/** The servers of a test class; each test gets a database and a pipeline of its own. */
final class CaptureStack implements AutoCloseable {
    private final Devstack devstack;

    /** Those of the start, which are true also while a server is stopped. */
    private final Endpoints endpoints;

    private CaptureStack(Devstack devstack) {
        this.devstack = devstack;
        this.endpoints = devstack.endpoints();
    }

    static CaptureStack start(Path directory, ServerKind... sources) {
        return new CaptureStack(Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.KAFKA, sources))
                .start());
    }

    Devstack devstack() {
        return devstack;
    }

    /** Creates a database, and says how it is captured. */
    SourceConfig.Postgres postgres(String database) throws SQLException {
        try (Connection connection = connect("app");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
        return postgres(database, List.of());
    }

    /** Creates a database, and says how it is captured. */
    SourceConfig.Postgres postgres(String database, Engine engine) throws SQLException {
        return postgres(database).by(engine);
    }

    /** How a database is captured. */
    SourceConfig.Postgres postgres(String database, List<String> excludeColumns) {
        return new SourceConfig.Postgres(
                        "pg",
                        url(database),
                        endpoints.postgres().user(),
                        new Secret(endpoints.postgres().password()),
                        "slot_" + database,
                        "publication_" + database,
                        List.of(),
                        List.of(),
                        excludeColumns,
                        CaptureProcess.HEARTBEAT)
                .by(Engines.tested());
    }

    /** The same, read in by two readers in chunks that are so small that there are many. */
    static SourceConfig.Postgres inSmallChunks(SourceConfig.Postgres source) {
        return source.read(new SourceConfig.Snapshot(2, 8));
    }

    /** How a database of MongoDB is captured. */
    SourceConfig.Mongo mongo(String database) {
        return mongo(database, Engines.tested());
    }

    /** How a database of MongoDB is captured by one of the engines. */
    SourceConfig.Mongo mongo(String database, SourceConfig.Engine engine) {
        return new SourceConfig.Mongo(
                        "mongo",
                        new Secret(endpoints.mongodb().uri()),
                        database,
                        List.of(),
                        List.of(),
                        List.of(),
                        CaptureProcess.HEARTBEAT)
                .by(engine);
    }

    /** A connection to one of the databases. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                url(database), endpoints.postgres().user(), endpoints.postgres().password());
    }

    Database database(String name) throws SQLException {
        return new Database(connect(name));
    }

    private String url(String database) {
        return endpoints.postgres().jdbcUrl().replaceAll("/app$", "/" + database);
    }

    /** Waits until the watermark covers everything that was written to MongoDB so far. */
    void awaitCovered(MongoClient client, KafkaLog log) {
        log.awaitCovered("mongo", newest(client));
    }

    /** The cluster time of MongoDB's newest write. */
    static long newest(MongoClient client) {
        return Objects.requireNonNull(client.getDatabase("local")
                        .getCollection("oplog.rs")
                        .find()
                        .sort(new Document("$natural", -1))
                        .first())
                .get("ts", BsonTimestamp.class)
                .getValue();
    }

    KafkaConfig kafka() {
        return new KafkaConfig(endpoints.kafka().bootstrapServers(), 3, 1, Duration.ofDays(1), Map.of());
    }

    /** A pipeline whose Kafka clients give up after seconds, where others try for a minute. */
    PipelineConfig impatient(String name, SourceConfig source) {
        return with(
                name,
                source,
                TransactionBound.standard(),
                Map.of(
                        "request.timeout.ms", "2500",
                        "default.api.timeout.ms", "3000",
                        "delivery.timeout.ms", "3000",
                        "max.block.ms", "3000"));
    }

    /** A pipeline that splits transactions of more than so many changes. */
    PipelineConfig bounded(String name, SourceConfig source, int changes) {
        return with(name, source, new TransactionBound(changes, 1), Map.of());
    }

    private PipelineConfig with(String name, SourceConfig source, TransactionBound bound, Map<String, String> client) {
        KafkaConfig kafka = kafka();
        return CaptureProcess.pipeline(
                name,
                source,
                new KafkaConfig(
                        kafka.bootstrapServers(),
                        kafka.partitions(),
                        kafka.replicationFactor(),
                        kafka.retention(),
                        bound,
                        client));
    }

    PipelineConfig pipeline(String name, SourceConfig source) {
        return CaptureProcess.pipeline(name, source, kafka());
    }

    KafkaLog log(String pipeline) {
        return new KafkaLog(kafka(), pipeline);
    }

    /** Nobody needs the data any more, so what takes its time to shut down is killed. */
    @Override
    public void close() {
        Stream.of(ServerKind.KAFKA, ServerKind.MONGODB)
                .flatMapToLong(kind -> devstack.pid(kind).stream())
                .forEach(CaptureStack::kill);
        devstack.close();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(server -> {
            server.destroyForcibly();
            server.onExit().join();
        });
    }
}
