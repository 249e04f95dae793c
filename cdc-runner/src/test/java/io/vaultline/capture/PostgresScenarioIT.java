package io.vaultline.capture;

import io.vaultline.devstack.endpoint.ServerKind;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link FaultRounds} of PostgreSQL; the database's own audit table says what must have been captured. */
class PostgresScenarioIT {
    private static final long SEED = 2249;
    private static final int FEW = 4;

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

    @Test
    void eachChangeIsThereOnceInOrderWhateverHappens() {
        new FaultRounds(stack, directory, PostgresFaultBench::of).run(SEED, FEW);
    }
}
