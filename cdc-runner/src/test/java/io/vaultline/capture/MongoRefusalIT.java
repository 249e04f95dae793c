package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
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
        Path data = Files.createDirectories(directory.resolve("standalone"));
        String program = ProcessHandle.of(
                        stack.devstack().pid(ServerKind.MONGODB).orElseThrow())
                .flatMap(handle -> handle.info().command())
                .orElseThrow();
        Process server = new ProcessBuilder(
                        program,
                        "--dbpath",
                        data.toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind_ip",
                        "127.0.0.1",
                        "--nounixsocket",
                        "--wiredTigerCacheSizeGB",
                        "0.25")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("standalone.log").toFile())
                .start();
        try {
            assertThat(refusal("mongodb://127.0.0.1:" + port)).satisfies(refusal -> {
                assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_NOT_CAPTURABLE);
                assertThat(refusal.remedy()).contains("--replSet").contains("rs.initiate()");
            });
        } finally {
            server.destroyForcibly().onExit().join();
        }
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
