package io.vaultline.kafka;

import io.vaultline.config.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients with the settings that the pipeline's guarantees rest on. */
public final class KafkaClients {
    /** How long an open transaction of a dead producer can hold readers back, in milliseconds. */
    public static final int TRANSACTION_TIMEOUT_MILLIS = 60_000;

    /** The largest record: a document of 16 MB with its before-image, in bytes. */
    public static final int MAX_REQUEST_BYTES = 40 * 1024 * 1024;

    /** A producer refuses a record that is larger than its buffer, in bytes. */
    private static final long BUFFER_BYTES = MAX_REQUEST_BYTES + (8L << 20);

    private final KafkaConfig config;

    public KafkaClients(KafkaConfig config) {
        this.config = config;
    }

    /**
     * Loads the messages of Kafka's protocol, some six hundred classes that the first client of a process needs before it
     * can say anything. For a thread that has nothing else to do. It logs nothing.
     */
    public static void preload() {
        Objects.requireNonNull(ApiKeys.PRODUCE);
    }

    public KafkaConfig config() {
        return config;
    }

    /** An administrative client; the caller closes it. */
    public Admin admin() {
        return admin(Duration.ofSeconds(30));
    }

    /**
     * The same, with another patience. The caller closes it.
     *
     * @param patience how long each question is tried, unless the configuration says otherwise
     */
    public Admin admin(Duration patience) {
        Map<String, Object> settings = common();
        int millis = Math.toIntExact(patience.toMillis());
        settings.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        settings.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        return Admin.create(settings);
    }

    /**
     * A transactional producer; a second one with the same id fences the first. Its commit and its abort come after what
     * was sent before them. The caller closes it.
     */
    public KafkaProducer<byte[], byte[]> transactionalProducer(String transactionalId) {
        return transactionalProducer(transactionalId, Map.of());
    }

    /**
     * The same with settings that win over ours, such as a longer transaction timeout for one who writes much at once.
     */
    public KafkaProducer<byte[], byte[]> transactionalProducer(String transactionalId, Map<String, Object> overrides) {
        Map<String, Object> transactional = new HashMap<>();
        transactional.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        transactional.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        transactional.putAll(overrides);
        return new WholeCommitProducer(producerSettings(transactional));
    }

    /**
     * A producer that keeps order and repeats nothing. The caller closes it.
     *
     * @param overrides settings that win over ours
     */
    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> overrides) {
        return new KafkaProducer<>(producerSettings(overrides), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> producerSettings(Map<String, Object> overrides) {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        settings.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.putAll(overrides);
        return settings;
    }

    /**
     * A consumer that sees committed records only and never commits by itself. The caller closes it.
     *
     * @param overrides settings that win over ours
     */
    public KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> overrides) {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 2_000);
        settings.putAll(overrides);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>(config.client());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }
}
