package io.vaultline.event;

import java.util.Map;
import java.util.Objects;

/**
 * Everything of a source up to a commit lies below these offsets. Written in the same Kafka transaction as the changes
 * that it covers.
 *
 * @param commitPosition the newest commit that is covered, comparable with {@link CommitOrder#commitPosition()}
 * @param commitMicros the source's time of that commit, microseconds since the epoch
 * @param endOffsets for each {@code topic-partition} ever written: the offset after its last record
 */
public record Watermark(String source, long commitPosition, long commitMicros, Map<String, Long> endOffsets) {
    public Watermark {
        Objects.requireNonNull(source, "source");
        endOffsets = Map.copyOf(endOffsets);
    }
}
