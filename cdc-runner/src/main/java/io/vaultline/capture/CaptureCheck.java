package io.vaultline.capture;

import io.vaultline.capture.mongo.MongoPreflight;
import io.vaultline.capture.output.CaptureOutput;
import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.output.RecordedState;
import io.vaultline.capture.postgres.PostgresPreflight;
import io.vaultline.check.Finding;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a source, and whether it can give what follows the state that Kafka has of it. */
public final class CaptureCheck {
    /** How long one Kafka transaction of a capture may last. */
    public static final Duration LONGEST_TRANSACTION = CaptureOutput.TRANSACTION;

    private final PipelineConfig pipeline;
    private final SourceConfig source;

    public CaptureCheck(PipelineConfig pipeline, SourceConfig source) {
        this.pipeline = pipeline;
        this.source = source;
    }

    /** What the capture's producer calls itself in Kafka. */
    public String transactionalId() {
        return CaptureOutput.transactionalId(pipeline.pipeline(), source.name());
    }

    /** Everything that is found. The source is checked also while Kafka is away. */
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        CaptureState state = new CaptureState(Optional.empty(), Map.of(), Optional.empty(), Map.of());
        try {
            state = RecordedState.read(new KafkaClients(pipeline.kafka()), pipeline.pipeline(), source.name());
        } catch (PipelineException e) {
            findings.add(new Finding(
                    Severity.NOTE,
                    e.code(),
                    "Kafka does not say how far the source was captured, so its position was not checked",
                    "source " + source.name(),
                    Fix.advice("Mend what is said of Kafka, and check again.")));
        }
        findings.addAll(
                source instanceof SourceConfig.Postgres postgres
                        ? new PostgresPreflight(postgres).check(state)
                        : new MongoPreflight((SourceConfig.Mongo) source).check(state));
        return findings;
    }
}
