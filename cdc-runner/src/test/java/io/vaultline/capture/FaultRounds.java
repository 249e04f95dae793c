package io.vaultline.capture;

import io.vaultline.config.SourceConfig.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Rounds of every {@link CaptureFault}, in an order and at moments that a seed decides, while a writer writes. See {@code
 * docs/testing.md} for the long form and for replaying a seed.
 */
final class FaultRounds {
    private static final int ROUNDS = Integer.getInteger("vaultline.faults.rounds", 0);
    private static final long SEED = Long.getLong("vaultline.faults.seed", System.nanoTime());

    private final CaptureStack stack;
    private final Path logs;
    private final FaultBench.Maker benches;

    /** @param logs where the captures' logs are put */
    FaultRounds(CaptureStack stack, Path logs, FaultBench.Maker benches) {
        this.stack = stack;
        this.logs = logs;
        this.benches = benches;
    }

    /**
     * Each round has a seed of its own, one above the last one's, so that a round can be repeated alone. The short form is
     * always the same.
     *
     * @param seed of the short form; it begins with faults that differ much
     * @param few how many faults the short form has
     */
    void run(long seed, int few) {
        if (ROUNDS == 0) {
            round(seed, few);
        }
        for (int round = 0; round < ROUNDS; round++) {
            round(SEED + round, Integer.MAX_VALUE);
        }
    }

    /** Which engine a round with a seed is about. */
    static Engine engine(long seed) {
        return seed % 2 == 0 ? Engine.DEBEZIUM : Engine.NATIVE;
    }

    private void round(long seed, int most) {
        Path log = logs.resolve("capture-" + seed + ".log");
        List<CaptureFault> faults = List.of();
        CaptureFault last = null;
        try (FaultBench bench = benches.make(stack, "faults_" + Math.abs(seed), log, seed)) {
            Random random = new Random(seed);
            faults = faults(random, most);
            System.out.println("round with seed " + seed + ", " + engine(seed) + ": " + faults);
            bench.crashInSnapshot(random);
            for (CaptureFault fault : faults) {
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

    private static List<CaptureFault> faults(Random random, int most) {
        List<CaptureFault> faults = new ArrayList<>(List.of(CaptureFault.values()));
        Collections.shuffle(faults, random);
        return faults.subList(0, Math.min(most, faults.size()));
    }
}
