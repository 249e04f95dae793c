package io.vaultline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineConfigTemplateTest {
    private static final StackEndpoints ENDPOINTS = new StackEndpoints(Map.ofEntries(
            Map.entry("postgres.jdbc.url", "jdbc:postgresql://127.0.0.1:5432/app"),
            Map.entry("postgres.user", "postgres"),
            Map.entry("postgres.password", "it's: #${env:HOME} \\ \"{x}\""),
            Map.entry("mongodb.uri", "mongodb://127.0.0.1:27017/?replicaSet=rs0"),
            Map.entry("kafka.bootstrap.servers", "127.0.0.1:9092"),
            Map.entry("clickhouse.http.url", "http://127.0.0.1:8123"),
            Map.entry("clickhouse.user", "default"),
            Map.entry("clickhouse.password", ""),
            Map.entry("s3.endpoint", "http://127.0.0.1:9000"),
            Map.entry("s3.access-key", "AKIA"),
            Map.entry("s3.secret-key", "s3cr3t"),
            Map.entry("s3.bucket", "lake"),
            Map.entry("iceberg.catalog.uri", "jdbc:postgresql://127.0.0.1:5432/iceberg"),
            Map.entry("iceberg.catalog.user", "iceberg"),
            Map.entry("iceberg.catalog.password", "p")));

    @Test
    void theWrittenFileIsReadBackWithTheStacksValues(@TempDir Path directory) {
        Path file = directory.resolve("pipeline.yaml");
        PipelineConfigTemplate.write(file, ENDPOINTS);
        PipelineConfig config = new PipelineConfigLoader(Map.of()).load(file);

        SourceConfig.Postgres pg = (SourceConfig.Postgres) config.sources().get(0);
        assertThat(pg.password().reveal()).isEqualTo(ENDPOINTS.get("postgres.password"));
        assertThat(config.sources()).extracting(SourceConfig::name).containsExactly("pg", "mongo");
        assertThat(config.pipeline()).isEqualTo("dev");
        assertThat(config.lake().commitInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.lake().catalogProperties())
                .containsEntry("warehouse", new Secret("s3a://lake/"))
                .containsEntry("jdbc.user", new Secret("iceberg"));
        assertThat(config.lake().hadoop()).containsEntry("fs.s3a.secret.key", new Secret("s3cr3t"));
    }

    @Test
    void onlyItsOwnerCanReadTheFileAndNothingElseIsLeft(@TempDir Path directory) throws IOException {
        PipelineConfigTemplate.write(directory.resolve("pipeline.yaml"), ENDPOINTS);

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("pipeline.yaml"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("pipeline.yaml"))))
                .isEqualTo("rw-------");
    }

    @Property(tries = 300)
    void anyTextSurvivesEscapingAndResolving(@ForAll String before, @ForAll String after) throws References.Unresolved {
        String text = before + "${env:X}" + after;
        References references = new References(Map.of("X", "wrong"), Path.of("."));

        assertThat(references.resolve(References.escape(text))).isEqualTo(text);
    }
}
