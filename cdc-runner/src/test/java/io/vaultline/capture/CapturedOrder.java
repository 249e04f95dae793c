package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.Watermark;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What captured changes and watermarks say together about whole transactions and completeness. */
final class CapturedOrder {
    private CapturedOrder() {}

    /**
     * The source's transactions that were split over several Kafka transactions. The end of a Kafka transaction takes an
     * offset in each partition that it wrote to; so where the offsets of one source transaction have a gap, it was split.
     */
    static Set<String> split(List<KafkaLog.Entry> entries) {
        Map<TopicPartition, KafkaLog.Entry> last = new HashMap<>();
        Set<String> split = new HashSet<>();
        for (KafkaLog.Entry entry : inOrder(entries)) {
            KafkaLog.Entry before = last.put(entry.partition(), entry);
            String transaction = entry.event().header().transaction();
            if (before != null
                    && transaction != null
                    && transaction.equals(before.event().header().transaction())
                    && entry.offset() != before.offset() + 1) {
                split.add(transaction);
            }
        }
        return split;
    }

    private static List<KafkaLog.Entry> inOrder(List<KafkaLog.Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(
                                (KafkaLog.Entry entry) -> entry.partition().toString())
                        .thenComparing(KafkaLog.Entry::offset))
                .toList();
    }

    /** Fails unless everything up to each watermark's commit lies below the offsets that it names. */
    static void assertComplete(List<Watermark> watermarks, List<KafkaLog.Entry> entries) {
        for (Watermark watermark : watermarks) {
            assertThat(entries.stream().filter(entry -> isMissed(watermark, entry)))
                    .as("changes up to %d that do not lie below its ends", watermark.commitPosition())
                    .isEmpty();
        }
    }

    private static boolean isMissed(Watermark watermark, KafkaLog.Entry entry) {
        return entry.event().order().commitPosition() <= watermark.commitPosition()
                && entry.offset()
                        >= watermark.endOffsets().getOrDefault(entry.partition().toString(), 0L);
    }
}
