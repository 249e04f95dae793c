package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When capture of MongoDB does not begin or go on, and what it says then. */
class MongoRefusalIT {
    @TempDir
    private static Path directory;

    private static CaptureStack stack;

    @BeforeAll
    static void start() {
        stack = CaptureStack.start(directory.resolve("stack"), ServerKind.MONGODB);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        assertThat(refusal("mongodb://127.0.0.1:1/?replicaSet=rs0").code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
    }

    @Test
    void aWrongPasswordIsNamedAndNotShown() {
        String uri = stack.devstack().endpoints().mongodb().uri().replace("mongodb://", "mongodb://me:not-the-word@");
        assertThat(refusal(uri)).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_REFUSES_LOGIN);
            assertThat(refusal.toString() + refusal.remedy()).doesNotContain("not-the-word");
        });
    }

    @Test
    void anAddressThatIsNoneIsAnErrorOfTheConfiguration() {
        assertThat(refusal("mongo://x:secret@y")).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
            assertThat(refusal.toString() + refusal.remedy()).doesNotContain("secret");
        });
    }

    @Test
    void aServerWithoutReplicaSetIsToldHowToMakeOne() throws Exception {
        int port = freePort();
        Process server = mongod("standalone", port);
        try {
            assertThat(refusal("mongodb://127.0.0.1:" + port)).satisfies(refusal -> {
                assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_NOT_CAPTURABLE);
                assertThat(refusal.remedy()).contains("--replSet").contains("rs.initiate()");
            });
        } finally {
            server.destroyForcibly().onExit().join();
        }
    }

    /** With the statement of docs/privileges.md, word for word, on a server that asks for a login. */
    @Test
    void aUserWithTheDocumentedRoleIsEnough() throws Exception {
        int port = freePort();
        Path key = Files.writeString(directory.resolve("key"), "akeyforonemember");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String address = "127.0.0.1:" + port;
        Process server = mongod("secured", port, "--replSet", "rs0", "--keyFile", key.toString());
        try (MongoClient nobody = MongoClients.create("mongodb://" + address + "/?directConnection=true")) {
            Document member = new Document("_id", 0).append("host", address);
            nobody.getDatabase("admin")
                    .runCommand(new Document(
                            "replSetInitiate", new Document("_id", "rs0").append("members", List.of(member))));
            Waiting.often(() -> Boolean.TRUE.equals(nobody.getDatabase("admin")
                    .runCommand(new Document("hello", 1))
                    .getBoolean("isWritablePrimary")));
            nobody.getDatabase("admin")
                    .runCommand(Document.parse("{createUser: 'root', pwd: 'root', roles: ['root']}"));
            captureAsDocumented(address);
        } finally {
            server.destroyForcibly().onExit().join();
        }
    }

    private static void captureAsDocumented(String address) throws Exception {
        String command = PrivilegesDocument.statements("MongoDB").get(0);
        String words = command.substring(command.indexOf("runCommand(") + "runCommand(".length(), command.length() - 1);
        try (MongoClient root = MongoClients.create("mongodb://root:root@" + address + "/?replicaSet=rs0")) {
            root.getDatabase("admin").runCommand(Document.parse(words));
            MongoCollection<Document> orders = root.getDatabase("shop").getCollection("orders");
            orders.insertOne(new Document("_id", 1));
            for (SourceConfig.Engine engine : SourceConfig.Engine.values()) {
                SourceConfig.Mongo source = new SourceConfig.Mongo(
                                "mongo",
                                new Secret("mongodb://capture:choose%20one@" + address
                                        + "/?replicaSet=rs0&authSource=admin"),
                                "shop",
                                List.of(),
                                List.of(),
                                List.of(),
                                stack.mongo("shop").heartbeat())
                        .by(engine);
                KafkaLog log = stack.log("secured_" + engine);
                try (Running capture = Running.start(stack.pipeline("secured_" + engine, source), source)) {
                    capture.streaming();
                    int before = log.events("orders").size();
                    orders.insertOne(new Document("_id", engine.name()));
                    Waiting.until(() -> log.events("orders").size() == before + 1);
                    assertThat(capture.failure()).isEmpty();
                }
            }
        }
    }

    private static Process mongod(String name, int port, String... more) throws IOException {
        Path data = Files.createDirectories(directory.resolve(name));
        String program = ProcessHandle.of(
                        stack.devstack().pid(ServerKind.MONGODB).orElseThrow())
                .flatMap(handle -> handle.info().command())
                .orElseThrow();
        List<String> line = new ArrayList<>(List.of(
                program,
                "--dbpath",
                data.toString(),
                "--port",
                Integer.toString(port),
                "--bind_ip",
                "127.0.0.1",
                "--nounixsocket",
                "--wiredTigerCacheSizeGB",
                "0.25"));
        line.addAll(List.of(more));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static PipelineException refusal(String uri) {
        SourceConfig.Mongo source = new SourceConfig.Mongo(
                "mongo",
                new Secret(uri),
                "app",
                List.of(),
                List.of(),
                List.of(),
                stack.mongo("app").heartbeat());
        return catchThrowableOfType(
                PipelineException.class, () -> Running.start(stack.pipeline("refused", source), source));
    }

    @Test
    void aViewAndATimeSeriesThatTheConfigurationNamesAreRefusedWithTheReason() {
        try (MongoClient client =
                MongoClients.create(stack.devstack().endpoints().mongodb().uri())) {
            MongoDatabase database = client.getDatabase("shapes");
            database.getCollection("plain").insertOne(new Document());
            database.createView("seen", "plain", List.of());
            database.runCommand(
                    new Document("create", "measured").append("timeseries", new Document("timeField", "at")));
        }
        assertThat(refusalOf("shapes.seen").toString()).contains("shapes.seen").contains("view");
        assertThat(refusalOf("shapes.measured").toString())
                .contains("shapes.measured")
                .contains("time series");
    }

    private static PipelineException refusalOf(String included) {
        SourceConfig.Mongo source = new SourceConfig.Mongo(
                "mongo",
                new Secret(stack.devstack().endpoints().mongodb().uri()),
                "shapes",
                List.of(included),
                List.of(),
                List.of(),
                stack.mongo("shapes").heartbeat());
        return catchThrowableOfType(
                PipelineException.class, () -> Running.start(stack.pipeline("refused", source), source));
    }
}
