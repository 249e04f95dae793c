package io.vaultline.iceberg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.internals.AbstractPartitionAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * Gives each topic to one member as a whole, so that a history table has one writer. Members get equally many topics,
 * give or take one, and most topics stay where they are when topics or members come and go. Kafka makes it by its name.
 */
public final class WholeTopicAssignor extends AbstractPartitionAssignor {
    @Override
    public String name() {
        return "vaultline-whole-topics";
    }

    @Override
    public Map<String, List<TopicPartition>> assign(
            Map<String, Integer> partitionsPerTopic, Map<String, Subscription> subscriptions) {
        Map<String, List<String>> topics = new TreeMap<>();
        subscriptions.keySet().forEach(member -> topics.put(member, new ArrayList<>()));
        int members = Math.max(1, topics.size());
        int share = (partitionsPerTopic.size() + members - 1) / members;
        for (String topic : new TreeSet<>(partitionsPerTopic.keySet())) {
            topics.entrySet().stream()
                    .filter(member -> member.getValue().size() < share)
                    .max(Comparator.comparingInt(member -> liking(member.getKey(), topic)))
                    .ifPresent(member -> member.getValue().add(topic));
        }
        Map<String, List<TopicPartition>> assignment = new TreeMap<>();
        topics.forEach((member, owned) -> assignment.put(member, partitions(owned, partitionsPerTopic)));
        return assignment;
    }

    /** Rendezvous hashing: each member likes each topic to a degree that depends on the two only. */
    private static int liking(String member, String topic) {
        return Utils.murmur2(Utils.utf8(member + '\0' + topic));
    }

    private static List<TopicPartition> partitions(List<String> topics, Map<String, Integer> partitionsPerTopic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            int count = Objects.requireNonNullElse(partitionsPerTopic.get(topic), 0);
            IntStream.range(0, count).forEach(i -> partitions.add(new TopicPartition(topic, i)));
        }
        return Collections.unmodifiableList(partitions);
    }
}
