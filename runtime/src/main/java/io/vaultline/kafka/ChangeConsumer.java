package io.vaultline.kafka;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.SchemaLookup;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads the committed changes of all of a pipeline's collections as a member of a consumer group; topics that appear
 * later are joined within seconds. Positions move only when the caller commits them. Used by one thread, but for
 * {@link #wakeup()}.
 */
public final class ChangeConsumer implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ChangeDecoder decoder;

    /**
     * @param group the consumer group
     * @param overrides consumer settings that win over ours, such as the assignment strategy
     * @param listener told when partitions come and go, on the polling thread
     */
    public ChangeConsumer(
            KafkaClients clients,
            TopicNames names,
            String group,
            SchemaLookup schemas,
            Map<String, Object> overrides,
            ConsumerRebalanceListener listener) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * 1024 * 1024);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 300_000);
        settings.putAll(overrides);
        this.consumer = clients.consumer(settings);
        this.decoder = new ChangeDecoder(schemas);
        consumer.subscribe(names.changePattern(), listener);
    }

    /**
     * The next changes, in order within each partition; none if there are none in time or after {@link #wakeup()}.
     *
     * @throws PipelineException with {@code RECORD_UNREADABLE} if a record is no change of ours
     */
    public List<ChangeRecord> poll(Duration timeout) {
        List<ChangeRecord> changes = new ArrayList<>();
        pollRaw(timeout).forEach(raw -> changes.add(decode(raw)));
        return changes;
    }

    /** The same, not yet decoded. */
    public List<RawChange> pollRaw(Duration timeout) {
        List<RawChange> changes = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(timeout)) {
                changes.add(RawChange.of(entry));
            }
        } catch (WakeupException e) {
            return List.of();
        }
        return changes;
    }

    /** The change in a record. @throws PipelineException with {@code RECORD_UNREADABLE} if it is no change of ours */
    public ChangeRecord decode(RawChange raw) {
        return decode(decoder, raw);
    }

    /** Makes a poll that waits return at once; from any thread. */
    public void wakeup() {
        consumer.wakeup();
    }

    /** Makes the offsets durable from which the group goes on after a restart. */
    public void commit(Map<TopicPartition, Long> nextOffsets) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        nextOffsets.forEach((partition, next) -> offsets.put(partition, new OffsetAndMetadata(next)));
        consumer.commitSync(offsets);
    }

    /** The same with a note beside each offset, which is there until the next commit. */
    public void commit(Map<TopicPartition, Long> nextOffsets, Map<TopicPartition, String> notes) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        nextOffsets.forEach((partition, next) ->
                offsets.put(partition, new OffsetAndMetadata(next, notes.getOrDefault(partition, ""))));
        consumer.commitSync(offsets);
    }

    /**
     * What the group has committed for partitions, whoever owns them; those are missing for which it never did.
     *
     * @throws PipelineException with {@code KAFKA_UNREACHABLE} if Kafka does not answer in time
     */
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        try {
            committed.putAll(ask(partitions));
        } catch (TimeoutException e) {
            throw new PipelineException(
                    ErrorCode.KAFKA_UNREACHABLE,
                    "Kafka does not say what is committed: " + e.getMessage(),
                    "partitions " + partitions,
                    "Check that the brokers run.",
                    e);
        }
        committed.values().removeIf(Objects::isNull);
        return committed;
    }

    /** A wake-up is meant for a poll. */
    private Map<TopicPartition, OffsetAndMetadata> ask(Set<TopicPartition> partitions) {
        try {
            return consumer.committed(partitions);
        } catch (WakeupException e) {
            return consumer.committed(partitions);
        }
    }

    /** Goes on from an offset in a partition that this member owns. */
    public void seek(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
    }

    /** The partitions that this member owns. */
    public Set<TopicPartition> assignment() {
        return consumer.assignment();
    }

    /** Stops fetching from some of the owned partitions. */
    public void pause(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
    }

    /** Fetches from them again. */
    public void resume(Collection<TopicPartition> partitions) {
        consumer.resume(partitions);
    }

    /** Stops fetching from all owned partitions, so that polls keep the membership alive without new changes. */
    public void pause() {
        consumer.pause(consumer.assignment());
    }

    /** Fetches again. */
    public void resume() {
        consumer.resume(consumer.paused());
    }

    static ChangeRecord decode(ChangeDecoder decoder, RawChange raw) {
        try {
            return new ChangeRecord(raw.partition(), raw.offset(), decoder.decode(raw.value()));
        } catch (IllegalArgumentException e) {
            throw new PipelineException(
                    ErrorCode.RECORD_UNREADABLE,
                    "A record is no change of ours: " + e.getMessage(),
                    raw.where(),
                    "Check that no other program writes to the pipeline's topics.",
                    e);
        }
    }

    /** Says to Kafka's transactions which member of which group commits offsets. */
    public ConsumerGroupMetadata groupMetadata() {
        return consumer.groupMetadata();
    }

    /** What the group has committed for a partition; nothing if it never did. */
    public OptionalLong committed(TopicPartition partition) {
        OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
