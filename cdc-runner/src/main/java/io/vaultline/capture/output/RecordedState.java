package io.vaultline.capture.output;

import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.Watermark;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.WatermarkCodec;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** What the pipeline's topics say of a source. Reads only. */
public final class RecordedState implements StateCodec.StateBuilder {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<CollectionId, SnapshotMark> marks = new HashMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private @Nullable StreamPosition position;
    private @Nullable Watermark watermark;
    private @Nullable String owner;

    RecordedState() {}

    /**
     * The state of a source whose capture may be at work; an empty one if it never ran.
     *
     * @throws PipelineException if Kafka does not answer within seconds
     */
    public static CaptureState read(KafkaClients clients, String pipeline, String source) {
        TopicNames names = new TopicNames(pipeline);
        RecordedState state = new RecordedState();
        try (Admin admin = clients.admin()) {
            Set<String> topics = admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            TopicReader reader = new TopicReader(clients, admin, PATIENCE);
            if (topics.contains(names.offsets()) && topics.contains(names.control())) {
                state.read(reader, names, source, Long.MAX_VALUE);
            }
        } catch (InterruptedException e) {
            throw KafkaFailures.interrupted(e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw KafkaFailures.of(
                    e, "kafka.bootstrap-servers = " + clients.config().bootstrapServers());
        }
        return state.build();
    }

    /**
     * Takes in what the offsets and the control topic hold.
     *
     * @param before offset in the offsets topic below which everything is that counts
     */
    void read(TopicReader reader, TopicNames names, String source, long before) {
        byte[] own = WatermarkCodec.key(source);
        reader.read(names.offsets(), before, (key, value) -> StateCodec.read(source, key, value, this));
        reader.read(names.control(), (key, value) -> {
            if (Arrays.equals(key, own)) {
                watermark = WatermarkCodec.decode(value);
                ends(watermark.endOffsets());
            }
        });
    }

    CaptureState build() {
        return new CaptureState(Optional.ofNullable(position), marks, Optional.ofNullable(watermark), ends);
    }

    /** Who took over last. */
    Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    @Override
    public void owner(String id) {
        owner = id;
    }

    @Override
    public void position(StreamPosition value) {
        position = value;
    }

    @Override
    public void snapshot(SnapshotMark mark) {
        marks.put(mark.id(), mark);
    }

    @Override
    public void ends(Map<String, Long> offsets) {
        offsets.forEach((partition, end) -> ends.merge(partition, end, Math::max));
    }
}
