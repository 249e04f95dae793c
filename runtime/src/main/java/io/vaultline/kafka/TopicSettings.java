package io.vaultline.kafka;

import io.vaultline.config.KafkaConfig;

/** Spells what changes a topic's settings. */
final class TopicSettings {
    private TopicSettings() {}

    /** The command line that gives a topic a setting. */
    static String statement(KafkaConfig config, String topic, String name, String value) {
        return "kafka-configs.sh --bootstrap-server " + Shell.quoted(config.bootstrapServers())
                + " --alter --entity-type topics --entity-name " + Shell.quoted(topic) + " --add-config "
                + Shell.quoted(name + "=" + value);
    }
}
