package io.vaultline.kafka;

import io.vaultline.check.Finding;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.config.KafkaConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/** Checks whether a Kafka cluster can carry a pipeline. Changes nothing. */
public final class KafkaPreflight {
    /** Somebody waits for the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String TRANSACTION_LIMIT = "transaction.max.timeout.ms";
    private static final String REQUEST_LIMIT = "socket.request.max.bytes";

    private final KafkaConfig config;
    private final TopicNames names;
    private final Findings findings;

    public KafkaPreflight(KafkaConfig config, String pipeline) {
        this.config = config;
        this.names = new TopicNames(pipeline);
        this.findings = new Findings(ErrorCode.KAFKA_REFUSES, "Kafka at " + config.bootstrapServers());
    }

    /**
     * Everything that is found.
     *
     * @param transactionalIds of the captures
     * @param groups of the readers
     * @param transaction how long a capture's transaction may last
     */
    public List<Finding> check(Collection<String> transactionalIds, Collection<String> groups, Duration transaction) {
        try (Admin admin = new KafkaClients(config).admin(PATIENCE)) {
            Collection<Node> brokers = await(admin.describeCluster().nodes());
            replication(brokers.size());
            broker(admin, brokers.iterator().next(), transaction);
            creation(admin);
            topics(admin, brokers.size());
            for (String id : transactionalIds) {
                transactionalId(admin, id);
            }
            for (String group : groups) {
                group(admin, group);
            }
        } catch (ExecutionException e) {
            findings.add(Finding.of(unreachable(cause(e))));
        } catch (org.apache.kafka.common.KafkaException e) {
            findings.add(Finding.of(unreachable(e)));
        }
        return findings.all();
    }

    private PipelineException unreachable(Throwable cause) {
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return new PipelineException(
                    ErrorCode.KAFKA_REFUSES,
                    "Kafka refuses the login: " + cause.getMessage(),
                    "kafka.client",
                    "Correct security.protocol, sasl.mechanism and sasl.jaas.config in kafka.client.");
        }
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "Kafka does not answer: " + cause.getMessage(),
                "kafka.bootstrap-servers = " + config.bootstrapServers(),
                "Check that the brokers run, that this address is right, and that the addresses they advertise can be"
                        + " reached from here.");
    }

    private void replication(int brokers) {
        if (brokers < config.replicationFactor()) {
            findings.error(
                    "There are " + brokers + " brokers for a replication factor of " + config.replicationFactor(),
                    Fix.config("kafka: { replication-factor: " + brokers + " }"));
        } else if (config.replicationFactor() == 1 && brokers > 1) {
            findings.warning(
                    "Changes are kept on one of " + brokers + " brokers, and lost with its disk",
                    Fix.config("kafka: { replication-factor: " + Math.min(3, brokers) + " }"));
        }
    }

    private void broker(Admin admin, Node broker, Duration transaction) throws ExecutionException {
        Config settings = config(admin, new ConfigResource(ConfigResource.Type.BROKER, broker.idString()));
        if (number(settings, TRANSACTION_LIMIT, Long.MAX_VALUE) < transaction.toMillis()) {
            findings.of(
                    Severity.ERROR,
                    "setting " + TRANSACTION_LIMIT,
                    "The brokers allow transactions of " + number(settings, TRANSACTION_LIMIT, 0)
                            + " ms, and a snapshot takes one of up to " + transaction.toMillis() + " ms",
                    new Fix(
                            Fix.Kind.ADVICE,
                            TRANSACTION_LIMIT + "=" + transaction.toMillis(),
                            "in each broker's server.properties, then restart the brokers one by one."));
        }
        if (number(settings, REQUEST_LIMIT, Long.MAX_VALUE) < KafkaClients.MAX_REQUEST_BYTES) {
            findings.of(
                    Severity.ERROR,
                    "setting " + REQUEST_LIMIT,
                    "The brokers refuse requests as large as the largest record",
                    new Fix(
                            Fix.Kind.ADVICE,
                            REQUEST_LIMIT + "=" + 2 * KafkaClients.MAX_REQUEST_BYTES,
                            "in each broker's server.properties, then restart the brokers one by one."));
        }
    }

    /** Asks the brokers to check the creation of a topic, and not to create it. */
    private void creation(Admin admin) throws ExecutionException {
        String name = names.changes(new io.vaultline.event.CollectionId("preflight", "preflight", "preflight"));
        NewTopic topic = new NewTopic(name, config.partitions(), (short) config.replicationFactor());
        try {
            await(admin.createTopics(List.of(topic), new CreateTopicsOptions().validateOnly(true))
                    .all());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                findings.error(
                        "The user may not create topics",
                        Fix.shell(acl("--operation Create --operation Read --operation Write --operation Describe"
                                + " --operation DescribeConfigs --resource-pattern-type prefixed --topic "
                                + Shell.quoted(names.prefix()))));
            } else if (!(e.getCause() instanceof InvalidReplicationFactorException)) {
                findings.error(
                        "The brokers refuse the topics: " + cause(e).getMessage(),
                        Fix.advice("Change kafka.partitions or kafka.replication-factor, or the brokers' policy."));
            }
        }
    }

    private void topics(Admin admin, int brokers) throws ExecutionException {
        List<String> present = await(admin.listTopics().names()).stream()
                .filter(topic -> topic.startsWith(names.prefix()))
                .sorted()
                .toList();
        Map<String, TopicDescription> described =
                await(admin.describeTopics(present).allTopicNames());
        Map<ConfigResource, Config> settings = await(admin.describeConfigs(present.stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                        .toList())
                .all());
        new TreeMap<>(described).forEach((name, topic) -> {
            Config config = settings.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
            if (config != null) {
                topic(name, topic.partitions().get(0).replicas().size(), config, brokers);
            }
        });
    }

    private void topic(String name, int replicas, Config settings, int brokers) {
        boolean compacted = List.of(
                        names.schemas(), names.offsets(), names.control(), names.requests(), names.deadLetters())
                .contains(name);
        String policy = compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE;
        String found = text(settings, TopicConfig.CLEANUP_POLICY_CONFIG);
        if (!found.equals(policy)) {
            setting(
                    Severity.ERROR,
                    name,
                    compacted
                            ? "It must be compacted, and is kept by " + found + ": the pipeline's state would expire"
                            : "It is kept by " + found + ": changes would be compacted away",
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    policy);
        }
        long insync = number(settings, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, 1);
        if (insync > replicas) {
            setting(
                    Severity.ERROR,
                    name,
                    "It wants " + insync + " replicas in sync and has " + replicas + ": nothing can be written",
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    Integer.toString(Math.max(1, replicas - 1)));
        } else if (insync == 1 && replicas > 2) {
            setting(
                    Severity.WARNING,
                    name,
                    "A record counts as written with one replica of " + replicas,
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    "2");
        }
        records(name, compacted, settings);
        long retention = number(settings, TopicConfig.RETENTION_MS_CONFIG, -1);
        if (!compacted && retention >= 0 && retention < config.retention().toMillis()) {
            setting(
                    Severity.WARNING,
                    name,
                    "It keeps changes for " + Duration.ofMillis(retention).toHours()
                            + " hours, not for kafka.retention ("
                            + config.retention().toHours() + " hours)",
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(config.retention().toMillis()));
        }
        if (replicas < config.replicationFactor() && brokers >= config.replicationFactor()) {
            findings.of(
                    Severity.WARNING,
                    "topic " + name,
                    "It has " + replicas + " replicas, not " + config.replicationFactor(),
                    Fix.advice("Reassign its partitions by kafka-reassign-partitions.sh with more replicas."));
        }
    }

    private void records(String name, boolean compacted, Config settings) {
        long largest = number(settings, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, 0);
        if (largest < KafkaClients.MAX_REQUEST_BYTES) {
            setting(
                    Severity.WARNING,
                    name,
                    "It takes records of " + largest + " bytes at most; "
                            + (compacted
                                    ? "larger ones of the pipeline's state would end the role that writes them"
                                    : "larger rows would become dead letters"),
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(KafkaClients.MAX_REQUEST_BYTES));
        }
    }

    private void setting(Severity severity, String topic, String what, String name, String value) {
        findings.of(severity, "topic " + topic, what, Fix.shell(TopicSettings.statement(config, topic, name, value)));
    }

    private void transactionalId(Admin admin, String id) throws ExecutionException {
        try {
            await(admin.describeTransactions(List.of(id)).description(id));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                findings.of(
                        Severity.ERROR,
                        "transactional id " + id,
                        "The user may not use the transactional id of the capture",
                        Fix.shell(
                                acl("--operation Write --operation Describe --transactional-id " + Shell.quoted(id))));
            } else if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
                throw e;
            }
        }
    }

    private void group(Admin admin, String group) throws ExecutionException {
        try {
            DescribeConsumerGroupsOptions options =
                    new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
            var allowed = await(Objects.requireNonNull(admin.describeConsumerGroups(List.of(group), options)
                            .describedGroups()
                            .get(group)))
                    .authorizedOperations();
            if (allowed != null && !allowed.contains(AclOperation.READ)) {
                groupRefused(group);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                groupRefused(group);
            } else if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private void groupRefused(String group) {
        findings.of(
                Severity.ERROR,
                "consumer group " + group,
                "The user may not read with the consumer group",
                Fix.shell(acl("--operation Read --operation Describe --group " + Shell.quoted(group))));
    }

    private String acl(String what) {
        return "kafka-acls.sh --bootstrap-server " + Shell.quoted(config.bootstrapServers())
                + " --add --allow-principal " + Shell.quoted("User:" + user()) + " " + what;
    }

    /** The user of the SASL settings; else the certificate's, which is not known here. */
    private String user() {
        String jaas = config.client().getOrDefault("sasl.jaas.config", "");
        java.util.regex.Matcher name =
                java.util.regex.Pattern.compile("username=\"?([^\"\\s;]+)").matcher(jaas);
        return name.find() ? name.group(1) : "ANONYMOUS";
    }

    private static Throwable cause(ExecutionException e) {
        return Objects.requireNonNullElse(e.getCause(), e);
    }

    private static Config config(Admin admin, ConfigResource resource) throws ExecutionException {
        return await(Objects.requireNonNull(
                admin.describeConfigs(List.of(resource)).values().get(resource)));
    }

    private static String text(Config settings, String name) {
        ConfigEntry entry = settings.get(name);
        String value = entry == null ? null : entry.value();
        return value == null
                ? ""
                : List.of(value.split(",")).stream().map(String::strip).sorted().collect(Collectors.joining(","));
    }

    private static long number(Config settings, String name, long unknown) {
        String value = text(settings, name);
        return value.isEmpty() ? unknown : Long.parseLong(value);
    }

    private static <T> T await(KafkaFuture<T> result) throws ExecutionException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException(
                    ErrorCode.INTERNAL, "Stopped while Kafka was asked", "Kafka", "Start again.", e);
        }
    }
}
