package io.vaultline.clickhouse.load;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records of one topic the blocks of an insert are made of, and the name that the server knows these blocks by. It
 * is durable before the insert, as a note beside the committed offset of each of its partitions, so that whoever owns one
 * of them next makes the same blocks again.
 *
 * @param id of letters, digits and hyphens; no other batch has it
 * @param ranges by partition; not empty
 */
record BlockPlan(String id, String topic, SortedMap<Integer, Range> ranges) {
    private static final Pattern NOTE = Pattern.compile("1;([0-9A-Za-z-]+);([0-9:,-]+)");
    private static final Pattern RANGE = Pattern.compile("([0-9]+):([0-9]+)-([0-9]+)");

    /** Offsets of a partition, both included. */
    record Range(long first, long last) {
        /** This one and another offset. */
        Range with(long offset) {
            return new Range(Math.min(first, offset), Math.max(last, offset));
        }
    }

    BlockPlan {
        ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
    }

    /** The note; Kafka keeps up to 4,096 characters of it by default. */
    String text() {
        return ranges.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue().first() + "-"
                        + entry.getValue().last())
                .collect(Collectors.joining(",", "1;" + id + ";", ""));
    }

    /** The plan in a note of a topic's partition, if the note is one. */
    static Optional<BlockPlan> parse(String topic, String note) {
        Matcher parts = NOTE.matcher(note);
        if (!parts.matches()) {
            return Optional.empty();
        }
        SortedMap<Integer, Range> ranges = new TreeMap<>();
        for (String part : parts.group(2).split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                return Optional.empty();
            }
            ranges.put(
                    Integer.valueOf(range.group(1)),
                    new Range(Long.parseLong(range.group(2)), Long.parseLong(range.group(3))));
        }
        return Optional.of(new BlockPlan(parts.group(1), topic, ranges));
    }

    /** Where each partition stands before the insert. */
    Map<TopicPartition, Long> firstOffsets() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ranges.forEach((partition, range) -> offsets.put(new TopicPartition(topic, partition), range.first()));
        return offsets;
    }

    /** Where each partition goes on after the insert. */
    Map<TopicPartition, Long> nextOffsets() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ranges.forEach((partition, range) -> offsets.put(new TopicPartition(topic, partition), range.last() + 1));
        return offsets;
    }
}
