package io.vaultline.capture.engine;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** Takes what the engine read, in the source's order. Called by one thread. */
@FunctionalInterface
public interface BatchHandler {
    /**
     * Handles records that follow those of the last call.
     *
     * @param durable to be told each offset that has become durable in Kafka
     * @throws io.vaultline.error.PipelineException to stop the capture
     */
    void handle(List<SourceRecord> records, DurableOffset durable) throws InterruptedException;

    /** Lets the engine acknowledge an offset to the source. */
    @FunctionalInterface
    interface DurableOffset {
        /** Everything that the offset covers is durable in Kafka. */
        void advance(Map<String, Object> offset) throws InterruptedException;
    }
}
