package io.vaultline.preflight;

import io.vaultline.capture.postgres.PostgresPreflight;
import io.vaultline.check.Finding;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.config.VaultModelFile;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.kafka.CapturedTopics;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.kafka.TopicNames;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.inference.VaultInference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds the vault model file against what the sources have: PostgreSQL's tables as they are now, and every collection that
 * was captured before.
 */
final class VaultModelCheck {
    private final PipelineConfig pipeline;

    VaultModelCheck(PipelineConfig pipeline) {
        this.pipeline = pipeline;
    }

    /** @throws PipelineException with every problem of a file that can't be understood by itself */
    List<Finding> run() {
        DeclaredModel declared = VaultModelFile.read(pipeline.vaultModel());
        Map<CollectionId, CollectionSchema> shapes = new TreeMap<>(captured());
        for (SourceConfig source : pipeline.sources()) {
            if (source instanceof SourceConfig.Postgres postgres) {
                new PostgresPreflight(postgres)
                        .shapes()
                        .forEach(shape -> shapes.merge(shape.id(), shape, (before, now) -> now.including(before)));
            }
        }
        Set<String> unknown =
                pipeline.sources().stream().map(SourceConfig::name).collect(Collectors.toCollection(TreeSet::new));
        shapes.keySet().forEach(id -> unknown.remove(id.source()));
        return findings(pipeline.vaultModel().map(Path::toString).orElse(""), declared, shapes.values(), unknown);
    }

    /** Nothing while Kafka is away, which its own check tells. */
    private Map<CollectionId, CollectionSchema> captured() {
        KafkaClients clients = new KafkaClients(pipeline.kafka());
        TopicNames names = new TopicNames(pipeline.pipeline());
        try {
            if (!CapturedTopics.exists(clients, names.schemas())) {
                return Map.of();
            }
            try (SchemaCatalog catalog = new SchemaCatalog(clients, names)) {
                catalog.refresh();
                return catalog.complete();
            }
        } catch (PipelineException e) {
            return Map.of();
        }
    }

    /** @param unknown sources of which no collection is known, so that what the file names may be there */
    static List<Finding> findings(
            String file, DeclaredModel declared, Collection<CollectionSchema> shapes, Set<String> unknown) {
        List<Finding> findings = new ArrayList<>();
        Severity severity = unknown.isEmpty() ? Severity.ERROR : Severity.WARNING;
        for (String problem : declared.unmet(VaultInference.infer(shapes, declared))) {
            findings.add(finding(severity, file, problem));
        }
        if (!findings.isEmpty() && !unknown.isEmpty()) {
            findings.add(new Finding(
                    Severity.NOTE,
                    ErrorCode.MODEL_INVALID,
                    "What the vault model file names may be in " + String.join(", ", unknown)
                            + ", of which no collection was captured yet",
                    file,
                    Fix.advice("Check again after `run --roles capture` has read it.")));
        }
        return findings;
    }

    /** A line of the model's own check begins with the place. */
    private static Finding finding(Severity severity, String file, String problem) {
        int colon = problem.indexOf(": ");
        String where = Optional.of(problem.substring(0, Math.max(0, colon)))
                .filter(place -> place.startsWith("line "))
                .map(place -> file + ", " + place)
                .orElse(file);
        String what = where.equals(file) ? problem : problem.substring(colon + 2);
        return new Finding(
                severity,
                ErrorCode.MODEL_INVALID,
                "The vault model file says what the sources do not bear out: " + what,
                where,
                Fix.advice("Correct the statement, or take it out; `infer` prints what the file can name."));
    }
}
