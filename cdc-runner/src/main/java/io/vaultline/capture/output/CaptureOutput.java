package io.vaultline.capture.output;

import io.vaultline.capture.resnapshot.ResnapshotTopic;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicCreator;
import io.vaultline.kafka.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Takes a source over from whoever captured it before, and knows how far they came.
 *
 * <p>A transaction may last a quarter of an hour, the most that brokers allow by default, since a table's snapshot is
 * one transaction. That holds nobody back for so long: whoever takes over ends it at once.
 */
public final class CaptureOutput implements AutoCloseable {
    /** How long one transaction may last. */
    public static final Duration TRANSACTION = Duration.ofMinutes(15);

    private static final Duration OUTAGE = Duration.ofMinutes(5);
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final KafkaClients clients;
    private final TopicNames names;
    private final String source;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SchemaPublisher publisher;

    private CaptureOutput(KafkaClients clients, TopicNames names, String source, String transactionalId) {
        this.clients = clients;
        this.names = names;
        this.source = source;
        this.admin = clients.admin();
        this.producer = clients.transactionalProducer(
                transactionalId,
                Map.of(
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION.toMillis()),
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, OUTAGE.toMillis(),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(OUTAGE.toMillis())));
        this.publisher =
                new SchemaPublisher(clients.producer(Map.of()), new TopicCreator(admin, clients.config()), names);
    }

    /** What the producer of a source's capture calls itself. */
    public static String transactionalId(String pipeline, String source) {
        return pipeline + "." + source + ".capture";
    }

    /**
     * Creates what topics are missing, then shuts an older capture of the same source out, if there is one.
     *
     * @throws io.vaultline.error.PipelineException if Kafka can't be reached or refuses
     */
    public static CaptureOutput takeOver(KafkaClients clients, String pipeline, String source) {
        TopicNames names = new TopicNames(pipeline);
        CaptureOutput output = new CaptureOutput(clients, names, source, transactionalId(pipeline, source));
        try {
            new TopicCreator(output.admin, clients.config()).createInternal(names);
            output.producer.initTransactions();
            return output;
        } catch (KafkaException e) {
            output.close();
            throw KafkaFailures.of(
                    e, "kafka.bootstrap-servers = " + clients.config().bootstrapServers());
        } catch (RuntimeException e) {
            output.close();
            throw e;
        }
    }

    /** How far the source's capture has come. */
    public CaptureState readState() {
        RecordedState state = new RecordedState();
        try {
            state.read(new TopicReader(clients, admin, TRANSACTION.plusMinutes(1)), names, source);
        } catch (KafkaException e) {
            throw KafkaFailures.of(e, "topic " + names.offsets());
        }
        return state.build();
    }

    /** The newest published shape of each of the source's collections. */
    public Map<CollectionId, CollectionSchema> readShapes() {
        Map<CollectionId, CollectionSchema> shapes = new HashMap<>();
        read(
                names.schemas(),
                (key, value) -> ChangeSchema.parse(new String(value, StandardCharsets.UTF_8))
                        .map(ChangeSchema::collection)
                        .filter(shape -> shape.id().source().equals(source))
                        .ifPresent(shape -> shapes.put(shape.id(), shape)));
        return shapes;
    }

    /** The writer that goes on from a state. There is one for each take-over. */
    public ChangeWriter writer(CaptureState state, ChangeWriter.CommitListener listener, CrashPoint crashPoint) {
        return new ChangeWriter(producer, publisher, names, source, state, listener, crashPoint);
    }

    /** What the source's capture is asked for. The caller closes it. */
    public ResnapshotTopic requests() {
        return new ResnapshotTopic(clients, names, source);
    }

    private void read(String topic, java.util.function.BiConsumer<byte[], byte[]> reader) {
        try {
            new TopicReader(clients, admin, TRANSACTION.plusMinutes(1)).read(topic, reader);
        } catch (KafkaException e) {
            throw KafkaFailures.of(e, "topic " + topic);
        }
    }

    /** Lets go; an open transaction is given up. */
    @Override
    public void close() {
        producer.close(CLOSE);
        publisher.close();
        admin.close(CLOSE);
    }
}
