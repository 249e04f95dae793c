package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.letter.LetterAnswer;
import io.vaultline.letter.LetterClient;
import io.vaultline.letter.LetterRequest.Action;
import io.vaultline.letter.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that is too large ends in an error that names it, before memory is taken for it. */
class LargeValueIT {
    /** Nearly the most that PostgreSQL can send as one row. */
    private static final String HUGE = "repeat('0123456789', 105000000)";

    @TempDir
    private static Path directory;

    private static CaptureStack stack;

    @BeforeAll
    static void start() {
        stack = CaptureStack.start(directory, ServerKind.POSTGRES);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aValueOfAGigabyteThatIsStreamedIsNamedWithItsSize() throws Exception {
        SourceConfig.Postgres source = stack.postgres("streamed");
        try (Database database = stack.database("streamed")) {
            database.run("CREATE TABLE files (id int PRIMARY KEY, name text, content text)");
            try (Running capture = Running.start(stack.pipeline("streamed", source), source)) {
                capture.streaming();
                database.run(
                        "INSERT INTO files VALUES (1, 'small', 'x')",
                        "INSERT INTO files VALUES (2, 'huge', " + HUGE + ")");
                assertNamed(capture.awaitFailure(), "public.files.content", "1002 MiB");
            }
        }
    }

    @Test
    void aValueOfAGigabyteThatIsReadIsNamedWithItsSize() throws Exception {
        SourceConfig.Postgres source = stack.postgres("found");
        try (Database database = stack.database("found")) {
            database.run(
                    "CREATE TABLE files (id int PRIMARY KEY, name text, content text)",
                    "INSERT INTO files VALUES (1, 'huge', " + HUGE + ")");
            try (Running capture = Running.start(stack.pipeline("found", source), source)) {
                assertNamed(capture.awaitFailure(), "public.files.content", "1002 MiB");
            }
        }
    }

    @Test
    void aValueThatIsTooLargeForKafkaIsADeadLetterThatNamesItWithItsSize() throws Exception {
        SourceConfig.Postgres source = stack.postgres("unsendable");
        PipelineConfig pipeline = stack.pipeline("unsendable", source);
        try (Database database = stack.database("unsendable")) {
            String large = "(1, 'large', repeat('0123456789', 4200000))";
            database.run(
                    "CREATE TABLE files (id int PRIMARY KEY, name text, content text)",
                    "CREATE TABLE found (LIKE files INCLUDING ALL)",
                    "INSERT INTO found VALUES " + large);
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                database.run("INSERT INTO files VALUES " + large
                        + ", (2, 'small', 'x'), (3, 'just fits', repeat('0123456789', 4180000))");
                database.awaitCovered(stack.log("unsendable"));
                assertThat(capture.failure()).isEmpty();
            }
            assertThat(stack.log("unsendable").events("files")).hasSize(2);
            assertThat(new LetterClient(pipeline).list())
                    .extracting(letter -> letter.reason().orElseThrow())
                    .extracting(Reason::code, Reason::where)
                    .containsExactly(
                            tuple(ErrorCode.VALUE_OUT_OF_RANGE, "column pg.public.found.content"),
                            tuple(ErrorCode.VALUE_OUT_OF_RANGE, "column pg.public.files.content"));
            assertThat(new LetterClient(pipeline).list())
                    .allSatisfy(letter ->
                            assertThat(letter.reason().orElseThrow().what()).contains("41 MiB"));
        }
    }

    @Test
    void aChangeThatOnlyItsTopicIsTooSmallForWaitsUntilTheTopicTakesMore() throws Exception {
        SourceConfig.Postgres source = stack.postgres("lowered");
        PipelineConfig pipeline = stack.pipeline("lowered", source);
        LetterClient letters = new LetterClient(pipeline);
        KafkaLog log = stack.log("lowered");
        String topic = "lowered.pg.public.files";
        try (Database database = stack.database("lowered")) {
            database.run("CREATE TABLE files (id int PRIMARY KEY, name text, content text)");
            try (Running capture = Running.start(pipeline, source)) {
                capture.streaming();
                takes(topic, 20_000);
                database.run("INSERT INTO files SELECT 1, 'digits', string_agg(md5(i::text), '')"
                        + " FROM generate_series(1, 2000) i");
                assertThat(capture.awaitFailure()).satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
                    assertThat(failure.where()).contains(topic);
                    assertThat(failure.remedy()).contains("max.message.bytes");
                });
            }
            try (Running capture = Running.start(pipeline, source)) {
                database.run("INSERT INTO files VALUES (2, 'small', 'x')");
                database.awaitCovered(log);
                assertThat(capture.failure()).isEmpty();
                assertThat(log.events("files")).hasSize(1);
                assertThat(letters.list()).singleElement().satisfies(letter -> {
                    Reason reason = letter.reason().orElseThrow();
                    assertThat(reason.where()).isEqualTo("column pg.public.files.content");
                    assertThat(reason.what()).contains("63 KiB", "20 KiB");
                    assertThat(reason.remedy()).contains("kafka-configs.sh", topic, "max.message.bytes=41943040");
                });
            }
            takes(topic, KafkaClients.MAX_REQUEST_BYTES);
            try (Running capture = Running.start(pipeline, source);
                    LetterClient.Asked asked = letters.ask("pg", Action.REPLAY, Optional.empty())) {
                Waiting.often(() -> asked.answer().isPresent());
                assertThat(asked.answer()).contains(new LetterAnswer(true, 1, 0, ""));
                assertThat(capture.failure()).isEmpty();
            }
            assertThat(log.events("files"))
                    .extracting(event ->
                            String.valueOf(Ledger.row(event).get("content")).length())
                    .containsExactlyInAnyOrder(1, 64_000);
        }
    }

    /** As an administrator may decide at any time. */
    private static void takes(String topic, int bytes) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        ConfigEntry setting = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        try (Admin admin = new KafkaClients(stack.kafka()).admin()) {
            admin.incrementalAlterConfigs(
                            Map.of(resource, List.of(new AlterConfigOp(setting, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            Waiting.until(() -> Objects.requireNonNull(
                            admin.describeConfigs(List.of(resource)).all().get().get(resource))
                    .get(setting.name())
                    .value()
                    .equals(setting.value()));
        }
    }

    private static void assertNamed(PipelineException failure, String column, String size) {
        assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
        assertThat(failure.where()).contains(column);
        assertThat(failure.what()).contains(size);
        assertThat(failure.remedy()).contains("exclude-columns");
    }
}
