package io.vaultline.capture.source;

import io.vaultline.capture.output.CaptureOutput;
import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.output.ChangeWriter;

/** Reads one database: first what its collections hold, then every change. */
public interface SourceCapture extends AutoCloseable {
    /**
     * Checks within seconds that the source can be captured.
     *
     * @throws io.vaultline.error.PipelineException naming what is in the way, and its remedy
     */
    void check();

    /**
     * Captures until it is closed; then returns. After a failure it may be called again.
     *
     * @param streaming told once all snapshots are durable and changes flow
     * @throws io.vaultline.error.PipelineException if it can't go on
     */
    void run(CaptureOutput output, CaptureState state, ChangeWriter writer, Runnable streaming);

    /** What looks at the log that the source keeps. The caller closes it. */
    LogProbe probe();

    /** The sentence of a remedy for a source that no longer has the changes that follow what was captured. */
    String RECAPTURE =
            "To go on without them: java -jar cdc-runner.jar recapture --config FILE --source NAME; the next run"
                    + " reads every collection again, so that all are right, and the history lacks what happened in between.";

    /**
     * Gives the position up for one of now, and every snapshot: the next {@link #run} reads all collections again. Both
     * become durable together.
     *
     * @throws io.vaultline.error.PipelineException if the source or Kafka refuses
     */
    void recapture(CaptureState state, ChangeWriter writer);

    /** Makes {@link #run} return within seconds; what is not committed is given up. From any thread, harmless again. */
    @Override
    void close();
}
