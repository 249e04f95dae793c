package io.vaultline.capture.source;

/** Looks at the log that a source keeps for its capture, over a connection of its own. For one thread. */
public interface LogProbe extends AutoCloseable {
    /**
     * Looks now.
     *
     * @throws io.vaultline.error.PipelineException if the source is away or refuses; it may be asked again
     */
    LogReading read();

    @Override
    void close();
}
