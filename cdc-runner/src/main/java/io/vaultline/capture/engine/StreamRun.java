package io.vaultline.capture.engine;

/** One run of what streams a source's changes, from a position until it is closed or fails. */
public interface StreamRun extends AutoCloseable {
    /**
     * Runs in the calling thread until {@link #close()}.
     *
     * @throws io.vaultline.error.PipelineException if it fails, or ends by itself
     */
    void run();

    /** Lets what is in hand finish for some seconds, then stops. From any thread, harmless again. */
    @Override
    void close();
}
