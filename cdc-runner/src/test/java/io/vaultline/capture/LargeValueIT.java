package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.letter.LetterClient;
import io.vaultline.letter.Reason;
import java.nio.file.Path;
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
                database.run("INSERT INTO files VALUES " + large + ", (2, 'small', 'x')");
                database.awaitCovered(stack.log("unsendable"));
                assertThat(capture.failure()).isEmpty();
            }
            assertThat(stack.log("unsendable").events("files")).hasSize(1);
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

    private static void assertNamed(PipelineException failure, String column, String size) {
        assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
        assertThat(failure.where()).contains(column);
        assertThat(failure.what()).contains(size);
        assertThat(failure.remedy()).contains("exclude-columns");
    }
}
