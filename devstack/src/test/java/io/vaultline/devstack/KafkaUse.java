package io.vaultline.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.devstack.endpoint.KafkaEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** What the pipeline does with Kafka: transactions, of which readers see only those that were committed. */
final class KafkaUse {
    private KafkaUse() {}

    static void writes(KafkaEndpoint endpoint) throws Exception {
        String servers = endpoint.bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("t", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "transactional.id", "devstack"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "k", "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "k", "committed")).get();
            producer.commitTransaction();
        }
        finds(endpoint);
    }

    static void finds(KafkaEndpoint endpoint) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        endpoint.bootstrapServers(),
                        "group.id",
                        "devstack",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false",
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("t", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(read -> values.add(read.value()));
                return consumer.endOffsets(List.of(partition)).containsValue(consumer.position(partition));
            });
            assertThat(values).containsExactly("committed");
        }
    }
}
