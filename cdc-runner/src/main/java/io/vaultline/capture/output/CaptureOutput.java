package io.vaultline.capture.output;

import io.vaultline.capture.resnapshot.ResnapshotAnswer;
import io.vaultline.capture.resnapshot.ResnapshotCodec;
import io.vaultline.capture.resnapshot.ResnapshotRequest;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.config.KafkaConfig;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.RecordLimit;
import io.vaultline.kafka.RequestTopic;
import io.vaultline.kafka.TopicCreator;
import io.vaultline.kafka.TopicNames;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterCodec;
import io.vaultline.letter.WaitingRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** How long a producer tries by itself while brokers are away, unless the configuration says otherwise. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final KafkaClients clients;
    private final TopicNames names;
    private final String source;
    private final int maxWaiting;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicCreator topics;
    private final SchemaPublisher publisher;
    private volatile WaitingRows waiting = new WaitingRows(0);

    /** Offset of the own mark in the offsets topic. */
    private long claimed = Long.MAX_VALUE;

    private CaptureOutput(
            KafkaClients clients, TopicNames names, String source, String transactionalId, int maxWaiting) {
        this.clients = clients;
        this.names = names;
        this.source = source;
        this.maxWaiting = maxWaiting;
        this.admin = clients.admin();
        this.producer = clients.transactionalProducer(transactionalId, settings(clients.config()));
        this.topics = new TopicCreator(admin, clients.config());
        this.publisher = new SchemaPublisher(clients.producer(Map.of()), topics, names);
    }

    private static Map<String, Object> settings(KafkaConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        settings.keySet().removeAll(config.client().keySet());
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION.toMillis()));
        return settings;
    }

    /** What the producer of a source's capture calls itself. */
    public static String transactionalId(String pipeline, String source) {
        return pipeline + "." + source + ".capture";
    }

    /**
     * Makes what is needed to take a source over, and changes nothing yet.
     *
     * @param maxWaiting how many changes may wait as dead letters or behind them
     * @throws io.vaultline.error.PipelineException if the clients can't be made as they are configured
     */
    public static CaptureOutput open(KafkaClients clients, String pipeline, String source, int maxWaiting) {
        try {
            return new CaptureOutput(
                    clients, new TopicNames(pipeline), source, transactionalId(pipeline, source), maxWaiting);
        } catch (KafkaException e) {
            throw KafkaFailures.of(e, where(clients));
        }
    }

    /** The same, and takes over. */
    public static CaptureOutput takeOver(
            KafkaClients clients, String pipeline, String source, int maxWaiting, Ownership ownership) {
        CaptureOutput output = open(clients, pipeline, source, maxWaiting);
        output.takeOver(ownership);
        return output;
    }

    /**
     * Creates what topics are missing, then shuts an older capture of the same source out, if there is one. Closes this if
     * that fails.
     *
     * @param ownership of the one who takes over; the same one again after an outage
     * @throws io.vaultline.error.PipelineException if Kafka can't be reached or refuses, or with {@code CAPTURE_FENCED}
     *     if somebody else has taken over since this owner did
     */
    public void takeOver(Ownership ownership) {
        try {
            topics.createInternal(names);
            ownership.require(clients, names, source);
            producer.initTransactions();
            claimed = ownership.claim(producer, names, source);
        } catch (KafkaException e) {
            close();
            throw KafkaFailures.of(e, where(clients));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static String where(KafkaClients clients) {
        return "kafka.bootstrap-servers = " + clients.config().bootstrapServers();
    }

    /** How far the source's capture has come. */
    public CaptureState readState() {
        RecordedState state = new RecordedState();
        try {
            state.read(reader(), names, source, claimed);
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
        waiting = readLetters();
        RecordLimit limit = Objects.requireNonNull(
                topics.limits(List.of(names.deadLetters())).get(names.deadLetters()));
        LetterBox letters = new LetterBox(names, limit.content(), waiting);
        return new ChangeWriter(
                producer,
                publisher,
                names,
                source,
                clients.config().transaction(),
                state,
                letters,
                listener,
                crashPoint);
    }

    /** What waits of this source. */
    private WaitingRows readLetters() {
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        try {
            reader().readRecords(
                            names.deadLetters(),
                            item -> LetterCodec.read(item)
                                    .ifPresentOrElse(
                                            letter -> letters.put(letter.id(), letter),
                                            () -> letters.remove(LetterCodec.id(item))));
        } catch (KafkaException e) {
            throw KafkaFailures.of(e, "topic " + names.deadLetters());
        }
        WaitingRows waiting = new WaitingRows(maxWaiting);
        letters.values().stream()
                .filter(letter -> LetterBox.isOf(source, letter))
                .forEach(waiting::known);
        return waiting;
    }

    /** How many changes wait as dead letters or behind them, as far as they were read. From any thread. */
    public int waitingChanges() {
        return waiting.size();
    }

    /** What tries dead letters again when it is asked to. The caller closes it. */
    public LetterDesk letterDesk(ChangeWriter writer) {
        return new LetterDesk(clients, admin, names, source, writer);
    }

    private TopicReader reader() {
        return new TopicReader(clients, admin, TRANSACTION.plusMinutes(1));
    }

    /** What the source's capture is asked for. The caller closes it. */
    public RequestTopic<ResnapshotRequest, ResnapshotAnswer> requests() {
        return new RequestTopic<>(clients, admin, names, source, ResnapshotCodec.KIND);
    }

    private void read(String topic, java.util.function.BiConsumer<byte[], byte[]> reader) {
        try {
            reader().read(topic, reader);
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
