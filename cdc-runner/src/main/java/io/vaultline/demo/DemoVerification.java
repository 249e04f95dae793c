package io.vaultline.demo;

import io.vaultline.config.PipelineConfig;
import io.vaultline.event.CollectionId;
import io.vaultline.screen.StepList;
import io.vaultline.verification.Verification;
import io.vaultline.verification.VerificationListener;
import io.vaultline.verification.VerificationOptions;
import io.vaultline.verification.VerificationReport;
import java.time.Duration;

/** Verifies the shop, showing what it waits for and what it compares. */
final class DemoVerification implements VerificationListener {
    private static final String STEP = "compare every table with its source, value by value";

    private final PipelineConfig config;
    private final StepList steps;
    private final PipelineWatch watch;

    DemoVerification(PipelineConfig config, StepList steps, PipelineWatch watch) {
        this.config = config;
        this.steps = steps;
        this.watch = watch;
    }

    VerificationReport run() throws Exception {
        // A pipeline that has died may take its time to come back, and then to catch up.
        Duration patience = PipelineWatch.MOURNING.multipliedBy(2);
        VerificationOptions options = new VerificationOptions(patience, patience);
        return steps.run(STEP, () -> new Verification(config, options, this).run());
    }

    @Override
    public void waiting(String reason) {
        watch.check();
        steps.advanced(STEP, reason);
    }

    @Override
    public void standing(String note) {
        steps.advanced(STEP, note);
    }

    @Override
    public void comparing(CollectionId collection) {
        steps.advanced(STEP, collection.namespace() + "." + collection.name());
    }
}
