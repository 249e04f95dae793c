package io.vaultline.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.devstack.endpoint.Endpoints;
import io.vaultline.devstack.endpoint.ExternalEndpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the process that runs a stack is killed. */
class KilledParentIT {
    @TempDir
    private Path directory;

    @Test
    void everyServerEndsWithItsKilledParentAndTheNextStackFindsWhatWasAcknowledged() throws Exception {
        Path file = directory.resolve("endpoints.properties");
        Process parent = run(file);
        List<Long> orphans;
        try {
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(file));
            Endpoints endpoints = read(file);
            PostgresUse.writes(endpoints.postgres());
            MongoUse.writes(endpoints.mongodb());
            KafkaUse.writes(endpoints.kafka());
            ClickHouseUse.writes(endpoints.clickhouse());
            S3Use.writes(endpoints.s3());
            orphans = ServerProcesses.pidsBelow(directory);
            assertThat(orphans).as("servers, their children and watchdogs").hasSizeGreaterThan(10);
        } finally {
            parent.destroyForcibly().waitFor();
        }
        // At once, while the old servers may still be ending.
        try (Devstack stack = Devstack.builder().directory(directory).start()) {
            assertThat(ServerProcesses.pidsBelow(directory)).doesNotContainAnyElementsOf(orphans);
            assertThat(stack.endpoints()).as("ports and passwords too").isEqualTo(read(file));
            PostgresUse.finds(stack.endpoints().postgres());
            MongoUse.finds(stack.endpoints().mongodb());
            KafkaUse.finds(stack.endpoints().kafka());
            ClickHouseUse.finds(stack.endpoints().clickhouse());
            S3Use.finds(stack.endpoints().s3());
        }
        assertThat(ServerProcesses.below(directory)).isEmpty();
    }

    private Process run(Path endpoints) throws Exception {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DevstackProcess.class.getName(),
                        directory.toString(),
                        endpoints.toString()))
                .redirectErrorStream(true)
                .redirectOutput(
                        Files.createTempFile(directory, "parent", ".log").toFile())
                .start();
    }

    private static Endpoints read(Path file) throws Exception {
        Map<String, String> values = Files.readAllLines(file).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
        return ExternalEndpoints.of(values).and(List.of());
    }
}
