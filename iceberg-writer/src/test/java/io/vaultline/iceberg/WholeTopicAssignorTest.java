package io.vaultline.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WholeTopicAssignorTest {
    @Test
    void eachTopicBelongsToOneMemberAsAWhole() {
        Map<String, List<TopicPartition>> assignment = assign(10, 3, "a", "b", "c");

        Map<String, Set<String>> owners = assignment.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(p -> Map.entry(p.topic(), entry.getKey())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
        assertThat(owners).hasSize(10);
        assertThat(owners.values()).allMatch(members -> members.size() == 1);
        assertThat(assignment.values().stream().mapToInt(List::size).sum()).isEqualTo(30);
    }

    @Test
    void membersGetEquallyManyGiveOrTakeOne() {
        assertThat(assign(10, 2, "a", "b", "c").values()).allMatch(owned -> owned.size() <= 8);
        assertThat(assign(10, 2, "a", "b").values()).allMatch(owned -> owned.size() == 10);
    }

    @Test
    void aNewTopicMovesFewOfTheOthers() {
        Map<String, List<TopicPartition>> before = assign(40, 1, "a", "b", "c");
        Map<String, List<TopicPartition>> after = assign(41, 1, "a", "b", "c");

        long moved = before.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(p -> !Objects.requireNonNull(after.get(entry.getKey()))
                                .contains(p)))
                .count();
        assertThat(moved).isLessThan(10);
    }

    private static Map<String, List<TopicPartition>> assign(int topics, int partitions, String... members) {
        Map<String, Integer> counts =
                IntStream.range(0, topics).boxed().collect(Collectors.toMap(i -> "topic-" + i, i -> partitions));
        Map<String, Subscription> subscriptions = new HashMap<>();
        for (String member : members) {
            subscriptions.put(member, new Subscription(List.copyOf(counts.keySet())));
        }
        return new WholeTopicAssignor().assign(counts, subscriptions);
    }
}
