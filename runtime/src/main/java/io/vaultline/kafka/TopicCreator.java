package io.vaultline.kafka;

import io.vaultline.config.KafkaConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the pipeline's topics with explicit settings; one that exists is left as it is. */
public final class TopicCreator {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);

    private final Admin admin;
    private final KafkaConfig config;

    public TopicCreator(Admin admin, KafkaConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /**
     * Creates the topics that hold no changes: schemas, offsets, dead letters, control, requests.
     *
     * @throws PipelineException if the cluster can't be reached or refuses
     */
    public void createInternal(TopicNames names) {
        create(List.of(
                compacted(names.schemas()),
                compacted(names.offsets()),
                compacted(names.control()),
                compacted(names.requests()),
                compacted(names.deadLetters())));
    }

    /** Creates change topics. @throws PipelineException if the cluster can't be reached or refuses */
    public void createChanges(Collection<String> topics) {
        create(topics.stream().map(topic -> kept(topic, config.partitions())).toList());
    }

    /**
     * The largest records that topics take: the settings of one that exists may be somebody else's. Where the settings may
     * not be read, they are taken for ours.
     *
     * @return by topic, each of those that were named
     * @throws PipelineException if the cluster can't be reached or refuses
     */
    public Map<String, RecordLimit> limits(Collection<String> topics) {
        Map<String, RecordLimit> limits = new HashMap<>();
        try {
            for (var settings : admin.describeConfigs(topics.stream()
                            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                            .toList())
                    .values()
                    .entrySet()) {
                String topic = settings.getKey().name();
                limits.put(topic, limit(topic, largest(topic, settings.getValue())));
            }
            return limits;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } catch (ExecutionException e) {
            throw unreachable(e);
        }
    }

    private RecordLimit limit(String topic, int bytes) {
        String largest = Integer.toString(KafkaClients.MAX_REQUEST_BYTES);
        return new RecordLimit(
                topic, bytes, TopicSettings.statement(config, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, largest));
    }

    private static int largest(String topic, KafkaFuture<Config> settings)
            throws InterruptedException, ExecutionException {
        try {
            return Integer.parseInt(
                    settings.get().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                LOG.warn("The settings of topic {} can't be read: {}", topic, e.getMessage());
                return KafkaClients.MAX_REQUEST_BYTES;
            }
            throw e;
        }
    }

    private NewTopic compacted(String name) {
        return topic(name, 1, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    private NewTopic kept(String name, int partitions) {
        return topic(
                name,
                partitions,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(config.retention().toMillis())));
    }

    private NewTopic topic(String name, int partitions, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KafkaClients.MAX_REQUEST_BYTES));
        all.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
        return new NewTopic(name, partitions, (short) config.replicationFactor()).configs(all);
    }

    private void create(List<NewTopic> topics) {
        try {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>(topics);
            missing.removeIf(topic -> present.contains(topic.name()));
            for (var result : admin.createTopics(missing).values().entrySet()) {
                awaitCreated(result.getKey(), result.getValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } catch (ExecutionException e) {
            throw unreachable(e);
        }
    }

    private static void awaitCreated(String topic, org.apache.kafka.common.KafkaFuture<Void> created)
            throws InterruptedException, ExecutionException {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw e;
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw refused("The topic could not be created: " + e.getMessage(), "topic " + topic, e);
            }
        }
    }

    private static PipelineException refused(String what, String where, ExecutionException cause) {
        return new PipelineException(
                ErrorCode.KAFKA_REFUSES,
                what,
                where,
                "Grant the pipeline's Kafka user the right to create and describe topics, or create them by hand.",
                cause);
    }

    private PipelineException unreachable(ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException || e.getCause() instanceof AuthenticationException) {
            return refused("The pipeline's topics can't be listed: " + e.getMessage(), "kafka.client", e);
        }
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "Kafka does not answer: " + e.getMessage(),
                "kafka.bootstrap-servers = " + config.bootstrapServers(),
                "Check that the brokers run and that this address is right.",
                e);
    }

    private static PipelineException interrupted() {
        return new PipelineException(ErrorCode.INTERNAL, "Stopped while topics were created", "Kafka", "Start again.");
    }
}
