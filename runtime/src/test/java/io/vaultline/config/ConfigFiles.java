package io.vaultline.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes configuration files and reads them with the real loader. */
final class ConfigFiles {
    static final String SMALLEST = """
            pipeline: dev
            sources:
              pg: { type: postgres, url: "jdbc:postgresql://127.0.0.1:5432/app", user: postgres }
            kafka: { bootstrap-servers: "127.0.0.1:9092", replication-factor: 1 }
            clickhouse: { url: "http://127.0.0.1:8123" }
            lake:
              catalog-properties: { uri: "jdbc:postgresql://127.0.0.1/iceberg", warehouse: "s3a://bucket/" }
            """;

    private final Path directory;
    private final Map<String, String> environment;

    ConfigFiles(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    PipelineConfig load(String yaml) {
        return new PipelineConfigLoader(environment).load(write(yaml));
    }

    PipelineException failure(String yaml) {
        return catchThrowableOfType(PipelineException.class, () -> load(yaml));
    }

    private Path write(String yaml) {
        try {
            return Files.writeString(directory.resolve("pipeline.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
