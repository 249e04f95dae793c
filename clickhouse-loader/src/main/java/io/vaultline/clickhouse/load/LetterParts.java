package io.vaultline.clickhouse.load;

import io.vaultline.config.PipelineConfig;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.TopicTail;
import io.vaultline.service.Role;

/** What a loader handles its dead letters with. */
record LetterParts(
        KafkaClients clients,
        TopicNames names,
        LetterShelf shelf,
        StoppedTables stopped,
        LetterWriter writer,
        LetterDesk desk,
        RangeReport ranges)
        implements AutoCloseable {

    static LetterParts of(PipelineConfig config, KafkaClients clients, TopicNames names) {
        String role = config.clickhouse().loadGroup().orElse(Role.LOAD.label());
        return new LetterParts(
                clients,
                names,
                new LetterShelf(clients, names, role, config.maxWaiting()),
                new StoppedTables(config.maxRows()),
                new LetterWriter(clients, LoadService.group(config)),
                new LetterDesk(clients, names, role),
                RangeReport.of(config.clickhouse().ranges()));
    }

    /** The dead-letter topic, from its beginning; the caller closes it. */
    TopicTail tail() {
        return new TopicTail(clients, names.deadLetters());
    }

    @Override
    public void close() {
        writer.close();
        desk.close();
    }
}
