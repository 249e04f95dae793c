package io.vaultline.cli;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.VaultModelFile;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.infer.CollectionProfile;
import io.vaultline.kafka.CapturedTopics;
import io.vaultline.kafka.ChangeSamples;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicNames;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.VaultModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The vault model of all collections that a pipeline has captured, and what its model file adds.
 *
 * @param catalog the shapes that it follows from; closed with this
 */
record CapturedModel(VaultModel model, DeclaredModel declared, SchemaCatalog catalog) implements AutoCloseable {

    /** As the pipeline's configuration says. */
    static CapturedModel read(PipelineConfig pipeline) {
        return read(pipeline, VaultModelFile.read(pipeline.vaultModel()));
    }

    /**
     * Reads the shapes from the pipeline's schema topic, as the loader does.
     *
     * @throws PipelineException if Kafka can't be read, nothing was captured yet, or the model file names what is not there
     */
    static CapturedModel read(PipelineConfig pipeline, DeclaredModel declared) {
        TopicNames names = new TopicNames(pipeline.pipeline());
        KafkaClients clients = new KafkaClients(pipeline.kafka());
        CapturedTopics.require(clients, names.schemas());
        SchemaCatalog catalog = new SchemaCatalog(clients, names);
        try {
            catalog.refresh();
            VaultModel model =
                    VaultInference.infer(List.copyOf(catalog.complete().values()), declared);
            declared.check(model);
            return new CapturedModel(model, declared, catalog);
        } catch (RuntimeException e) {
            catalog.close();
            throw e;
        }
    }

    /** What the first changes of each collection hold. */
    Map<CollectionId, CollectionProfile> profiles(PipelineConfig pipeline) {
        Map<CollectionId, CollectionProfile> profiles = new TreeMap<>();
        try (ChangeSamples samples =
                new ChangeSamples(new KafkaClients(pipeline.kafka()), new TopicNames(pipeline.pipeline()), catalog)) {
            for (EntitySpec entity : model.entities()) {
                CollectionSchema schema = entity.schema();
                profiles.put(
                        schema.id(),
                        CollectionProfile.of(schema, samples.of(schema.id()).rows()));
            }
        }
        return profiles;
    }

    @Override
    public void close() {
        catalog.close();
    }
}
