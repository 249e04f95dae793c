package io.vaultline.capture.output;

import io.vaultline.codec.ChangeSchema;
import io.vaultline.kafka.RecordLimit;
import io.vaultline.kafka.TopicCreator;
import io.vaultline.kafka.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes schemas, by their fingerprints, and creates the topics of the changes that will have them. */
final class SchemaPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaPublisher.class);
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicCreator topics;
    private final TopicNames names;

    SchemaPublisher(KafkaProducer<byte[], byte[]> producer, TopicCreator topics, TopicNames names) {
        this.producer = producer;
        this.topics = topics;
        this.names = names;
    }

    /** Returns when all are durable. */
    List<CaptureTopic> publish(List<ChangeSchema> schemas) {
        Map<String, RecordLimit> limits =
                created(schemas.stream().map(this::topic).distinct().toList());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ChangeSchema schema : schemas) {
            sent.add(send(schema.fingerprint(), schema.valueJson()));
            sent.add(send(schema.keyFingerprint(), schema.keyJson()));
        }
        sent.forEach(this::await);
        return schemas.stream()
                .map(schema -> new CaptureTopic(schema, Objects.requireNonNull(limits.get(topic(schema)))))
                .toList();
    }

    private String topic(ChangeSchema schema) {
        return names.changes(schema.collection().id());
    }

    private Map<String, RecordLimit> created(List<String> names) {
        topics.createChanges(names);
        Map<String, RecordLimit> limits = topics.limits(names);
        limits.values().stream()
                .filter(RecordLimit::isLow)
                .forEach(low -> LOG.warn(
                        "Topic {} takes records of {} bytes at most: larger changes become dead letters, until {}",
                        low.topic(),
                        low.bytes(),
                        low.statement()));
        return limits;
    }

    private Future<RecordMetadata> send(long fingerprint, String json) {
        return producer.send(
                new ProducerRecord<>(names.schemas(), 0, utf8(ChangeSchema.spell(fingerprint)), utf8(json)));
    }

    private void await(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (InterruptedException e) {
            throw KafkaFailures.interrupted(e);
        } catch (ExecutionException e) {
            throw KafkaFailures.of(e, "topic " + names.schemas());
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
