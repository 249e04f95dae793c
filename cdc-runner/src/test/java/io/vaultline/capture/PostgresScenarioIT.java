package io.vaultline.capture;

import io.vaultline.devstack.endpoint.ServerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@link PostgresFault}, in an order and at moments that a seed decides, while a writer writes; the database's own
 * audit table says what must have been captured. See {@code docs/testing.md} for the long form and for replaying a seed.
 */
class PostgresScenarioIT {
    private static final int ROUNDS = Integer.getInteger("vaultline.faults.rounds", 0);
    private static final long SEED = Long.getLong("vaultline.faults.seed", ROUNDS == 0 ? 2249 : System.nanoTime());

    /** Faults of the short form, which is always the same: its seed begins with faults that differ much. */
    private static final int FEW = 6;

    @TempDir
    private static Path directory;

    private static CaptureStack stack;

    @BeforeAll
    static void start() {
        stack = CaptureStack.start(directory.resolve("stack"), ServerKind.POSTGRES);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    /** Each round has a seed of its own, one above the last one's, so that a round can be repeated alone. */
    @Test
    void eachChangeIsThereOnceInOrderWhateverHappens() throws Exception {
        if (ROUNDS == 0) {
            round(SEED, FEW);
        }
        for (int round = 0; round < ROUNDS; round++) {
            round(SEED + round, Integer.MAX_VALUE);
        }
    }

    private static void round(long seed, int most) throws Exception {
        Random random = new Random(seed);
        List<PostgresFault> faults = new ArrayList<>(List.of(PostgresFault.values()));
        Collections.shuffle(faults, random);
        faults = faults.subList(0, Math.min(most, faults.size()));
        System.out.println("round with seed " + seed + ": " + faults);
        Path log = directory.resolve("capture-" + seed + ".log");
        PostgresFault last = null;
        try (PostgresFaultBench bench = new PostgresFaultBench(stack, "faults_" + Math.abs(seed), log, seed)) {
            bench.crashInSnapshot(random);
            for (PostgresFault fault : faults) {
                last = fault;
                long from = System.nanoTime();
                fault.strike(bench, random);
                System.out.println(fault + " took "
                        + Duration.ofNanos(System.nanoTime() - from).toMillis() + " ms");
            }
            bench.assertEachChangeOnceInOrder();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", after or in " + last + " of " + faults, e);
        }
    }
}
