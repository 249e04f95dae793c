package io.vaultline.clickhouse.load;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the loaders' consumer group has committed, changed from outside the group before it is joined. */
final class GroupOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);

    private final Admin admin;
    private final String group;

    GroupOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * Makes the group begin again with the first record of topics.
     *
     * @throws PipelineException if Kafka can't be reached or refuses
     */
    void forget(Collection<String> topics) {
        try {
            Set<TopicPartition> committed =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().keySet().stream()
                            .filter(partition -> topics.contains(partition.topic()))
                            .collect(Collectors.toSet());
            if (!committed.isEmpty()) {
                admin.deleteConsumerGroupOffsets(group, committed).all().get();
                LOG.info("Reading again from the first record, for tables that are new: {}", committed);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupSubscribedToTopicException) {
                throw new PipelineException(
                        ErrorCode.KAFKA_REFUSES,
                        "The vault has new tables to be filled from the start of topics that another loader reads",
                        "consumer group " + group,
                        "Stop the other loaders, start one with the new model, then the others.",
                        e);
            }
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw failed(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private PipelineException failed(Exception e) {
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "The committed offsets could not be read or changed: " + e.getMessage(),
                "consumer group " + group,
                "Check that the brokers run and that the pipeline's Kafka user may manage this group.",
                e);
    }
}
