package io.vaultline.capture.output;

import io.vaultline.event.CollectionId;
import io.vaultline.event.Watermark;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What Kafka knows of a source when its capture starts.
 *
 * @param position how far the stream is durable; nothing before the first time
 * @param snapshots the collections that were seen so far
 * @param ends the offset after the last change in each {@code topic-partition}
 */
public record CaptureState(
        Optional<StreamPosition> position,
        Map<CollectionId, SnapshotMark> snapshots,
        Optional<Watermark> watermark,
        Map<String, Long> ends) {
    public CaptureState {
        Objects.requireNonNull(position, "position");
        snapshots = Map.copyOf(snapshots);
        Objects.requireNonNull(watermark, "watermark");
        ends = Map.copyOf(ends);
    }
}
