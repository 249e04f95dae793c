package io.vaultline.capture;

import io.vaultline.config.KafkaConfig;
import io.vaultline.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Counts the committed records of a topic: an oracle of benchmarks/streaming.py. */
public final class CommittedRecords {
    private CommittedRecords() {}

    /** Arguments: bootstrap servers, topic. */
    public static void main(String[] arguments) {
        KafkaConfig config = new KafkaConfig(arguments[0], 1, 1, Duration.ofDays(1), Map.of());
        long records = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaClients(config).consumer(Map.of())) {
            List<TopicPartition> partitions = consumer.partitionsFor(arguments[1]).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                records += consumer.poll(Duration.ofMillis(100)).count();
            }
        }
        System.out.println(records);
    }
}
