package io.vaultline.verification;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The progress that a consumer group has committed after its store had acknowledged the changes. */
record GroupProgress(Admin admin, String store, String group) implements StoreProgress {
    @Override
    public Map<String, Long> nextOffsets() {
        Map<String, Long> offsets = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            offsets.put(partition.toString(), offset.offset());
                        }
                    });
            return offsets;
        } catch (ExecutionException e) {
            throw unreadable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(e);
        }
    }

    private PipelineException unreadable(Exception cause) {
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "The offsets of a consumer group can't be read: " + cause.getMessage(),
                "group " + group,
                "Check that the brokers run and that the pipeline's Kafka user may describe the group.",
                cause);
    }
}
