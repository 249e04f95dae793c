package io.vaultline.cli;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.VaultModelFile;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.kafka.CapturedTopics;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicNames;
import io.vaultline.vault.DeclaredModel;
import io.vaultline.vault.VaultInference;
import io.vaultline.vault.VaultModel;
import java.util.List;

/** The vault model of all collections that a pipeline has captured, and what its model file adds. */
record CapturedModel(VaultModel model, DeclaredModel declared) {

    /**
     * Reads the shapes from the pipeline's schema topic, as the loader does.
     *
     * @throws PipelineException if Kafka can't be read, nothing was captured yet, or the model file names what is not there
     */
    static CapturedModel read(PipelineConfig pipeline) {
        DeclaredModel declared = VaultModelFile.read(pipeline.vaultModel());
        VaultModel model = VaultInference.infer(shapes(pipeline), declared);
        declared.check(model);
        return new CapturedModel(model, declared);
    }

    private static List<CollectionSchema> shapes(PipelineConfig pipeline) {
        TopicNames names = new TopicNames(pipeline.pipeline());
        KafkaClients clients = new KafkaClients(pipeline.kafka());
        CapturedTopics.require(clients, names.schemas());
        try (SchemaCatalog catalog = new SchemaCatalog(clients, names)) {
            catalog.refresh();
            return List.copyOf(catalog.complete().values());
        }
    }
}
