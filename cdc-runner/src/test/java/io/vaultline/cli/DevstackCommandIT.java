package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevstackCommandIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void theServersRunUntilTheyAreAskedToEndAndAReadyConfigurationLiesBesideThem() throws Exception {
        Path stack = directory.resolve("stack");
        Path endpoints = directory.resolve("endpoints.properties");
        try (JarProcess jar = JarProcess.start(
                directory, "devstack", "--dir", stack.toString(), "--endpoints", endpoints.toString())) {
            await().atMost(Duration.ofMinutes(6)).until(() -> !jar.isAlive() || Files.exists(endpoints));
            Properties values = read(endpoints);
            PipelineConfig config = new PipelineConfigLoader(Map.of()).load(stack.resolve("pipeline.yaml"));

            assertThat(config.kafka().bootstrapServers()).isEqualTo(values.getProperty("kafka.bootstrap.servers"));
            for (Path secret : List.of(endpoints, stack.resolve("pipeline.yaml"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                        .isEqualTo("rw-------");
            }
            await().atMost(LIMIT).until(() -> jar.stderr().contains("Ctrl-C"));
            assertThat(jar.stderr())
                    .contains("psql", values.getProperty("kafka.bootstrap.servers"))
                    .doesNotContain(values.getProperty("postgres.password"), values.getProperty("s3.secret-key"));

            jar.terminate();
            assertThat(jar.exitCode(LIMIT)).isZero();
        }
    }

    @Test
    void aDirectoryThatCanNotBeIsReportedWithoutAStackTrace() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        try (JarProcess jar = JarProcess.start(directory, "devstack", "--dir", file.toString())) {
            assertThat(jar.exitCode(LIMIT)).isEqualTo(1);
            assertThat(jar.stderr())
                    .contains("error: ", "where: " + file, "to do: ")
                    .doesNotContain("\tat ");
        }
    }

    private static Properties read(Path file) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
