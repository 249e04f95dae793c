package io.vaultline.iceberg;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.iceberg.write.TableWriter;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.Watermarks;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds where a table's writer has to go on in Kafka, and refuses to go on over a gap. */
final class StartOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(StartOffsets.class);

    private final Admin admin;
    private final KafkaClients clients;
    private final TopicNames topics;

    StartOffsets(Admin admin, KafkaClients clients, TopicNames topics) {
        this.admin = admin;
        this.clients = clients;
        this.topics = topics;
    }

    /**
     * The offset to read next in each partition of a table's topic.
     *
     * @throws PipelineException with {@code CHANGES_EXPIRED} if Kafka no longer has changes that the table lacks, or
     *     {@code KAFKA_UNREACHABLE}
     */
    Map<TopicPartition, Long> of(TableWriter writer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> first = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> end = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> start = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long earliest = Objects.requireNonNull(first.get(partition));
            long mark = writer.next(partition).orElse(-1L);
            if (mark > Objects.requireNonNull(end.get(partition))) {
                throw recreated(writer, partition, mark);
            } else if (mark < 0 && earliest > 0) {
                LOG.warn(
                        "{} is new, but Kafka has no changes of {} before offset {} any more",
                        writer.name(),
                        partition,
                        earliest);
            } else if (mark >= 0 && mark < earliest && !isComplete(partition, mark)) {
                throw expired(writer, partition, mark, earliest);
            }
            start.put(partition, Math.max(mark, earliest));
        }
        return start;
    }

    /** Beyond a partition's last change may lie marks of transactions, which expire like changes do and lack nobody. */
    private boolean isComplete(TopicPartition partition, long mark) {
        try (Watermarks watermarks = new Watermarks(clients, topics)) {
            return watermarks.refresh().values().stream()
                    .map(watermark -> watermark.endOffsets().get(partition.toString()))
                    .filter(Objects::nonNull)
                    .anyMatch(last -> mark >= last);
        }
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        try {
            return admin
                    .listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), p -> which)))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().offset()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } catch (ExecutionException | KafkaException e) {
            throw unreachable(e);
        }
    }

    private PipelineException unreachable(Exception e) {
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "Kafka does not say which offsets it has: " + e.getMessage(),
                "kafka.bootstrap-servers = " + clients.config().bootstrapServers(),
                "Check that the brokers run and that the pipeline's Kafka user may describe its topics.",
                e);
    }

    private static PipelineException expired(TableWriter writer, TopicPartition partition, long mark, long first) {
        return new PipelineException(
                ErrorCode.CHANGES_EXPIRED,
                "Changes from offset " + mark + " on are not in the history, and Kafka has them from offset " + first
                        + " on only",
                "table " + writer.name() + ", " + partition,
                "Drop the table and have its collection snapshot anew; raise kafka.retention above the longest stop.");
    }

    private static PipelineException recreated(TableWriter writer, TopicPartition partition, long mark) {
        return new PipelineException(
                ErrorCode.CHANGES_EXPIRED,
                "The history is complete up to offset " + mark + ", which the topic has not reached: it was made anew",
                "table " + writer.name() + ", " + partition,
                "Restore the topic, or drop the table to have it archived from the new topic.");
    }
}
