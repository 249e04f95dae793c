package io.vaultline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledPipelineIT {
    private static final int KILLS = Integer.getInteger("vaultline.kills", 3);
    private static final long SEED = Long.getLong("vaultline.seed", System.nanoTime());

    @TempDir
    Path directory;

    /** The long form: {@code mvn -B verify -Dit.test=KilledPipelineIT -Dvaultline.kills=100 -Dvaultline.seed=…}. */
    @Test
    void eachCommittedChangeIsThereOnceOverKillsAtAnyMoment() throws Exception {
        Random random = new Random(SEED);
        try (Stack stack = Stack.start(directory)) {
            LedgerLoad.createTables(stack);
            assertThat(table(verified(stack), "ledger").required("vaultRows").asLong())
                    .isZero();
            LedgerLoad load = LedgerLoad.start(stack, SEED);
            for (int kill = 0; kill < KILLS; kill++) {
                try (Jar pipeline = run(stack)) {
                    letWork(pipeline, Duration.ofMillis(3_500 + random.nextInt(5_000)));
                    pipeline.kill();
                }
            }
            long changes = load.stop();

            JsonNode report = verified(stack);

            assertThat(table(report, "ledger").required("historyChanges").asLong())
                    .as("changes in the history, seed %s", SEED)
                    .isEqualTo(changes);
            assertThat(table(report, "audit").required("vaultRows").asLong())
                    .as("rows of the table that is only added to, seed %s", SEED)
                    .isEqualTo(changes);
            assertThat(verify(stack).required("ok").asBoolean())
                    .as("equal also when the pipeline has ended, seed %s", SEED)
                    .isTrue();
        }
    }

    private Jar run(Stack stack) {
        return Jar.start(directory, "run", "--config", stack.config());
    }

    /** Gives the pipeline a time of its own; that is the fault, so there is nothing to wait for. */
    private static void letWork(Jar pipeline, Duration time) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
        assertThat(pipeline.isAlive()).as(pipeline.stderr()).isTrue();
    }

    private JsonNode verified(Stack stack) throws Exception {
        try (Jar pipeline = run(stack)) {
            JsonNode report = verify(stack);
            assertThat(pipeline.isAlive()).as(pipeline.stderr()).isTrue();
            return report;
        }
    }

    private JsonNode verify(Stack stack) throws Exception {
        try (Jar verify = Jar.start(directory, "verify", "--config", stack.config(), "--json", "--timeout", "120s")) {
            assertThat(verify.exitCode(Duration.ofMinutes(3)))
                    .as("seed %s: %s", SEED, verify.stderr())
                    .isZero();
            return new ObjectMapper().readTree(verify.stdout());
        }
    }

    private static JsonNode table(JsonNode report, String name) {
        for (JsonNode result : report.required("tables")) {
            if (result.required("table").asText().endsWith(name)) {
                assertThat(result.required("checksumEqual").asBoolean()).isTrue();
                return result;
            }
        }
        throw new AssertionError("verify says nothing of " + name + ": " + report);
    }
}
