package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    /** What makes a start slow is loading libraries; this stays true on a slow machine, unlike a time. */
    @Test
    void helpLoadsNoLibraryOfADatabaseOrFileSystem() throws Exception {
        try (JarProcess jar = JarProcess.start(directory, List.of("-Xlog:class+load"), "--help")) {
            assertThat(jar.exitCode(LIMIT)).isZero();
            assertThat(jar.stdout())
                    .contains("Usage: ", "picocli.CommandLine")
                    .doesNotContain(
                            " io.debezium", " org.apache.", " com.mongodb", " org.postgresql", " com.clickhouse")
                    .doesNotContain(" ch.qos.logback", " com.fasterxml");
        }
    }

    @Test
    void theJarKnowsItsVersion() throws Exception {
        try (JarProcess jar = JarProcess.start(directory, "--version")) {
            assertThat(jar.exitCode(LIMIT)).isZero();
            assertThat(jar.stdout()).matches("vaultline \\d+\\.\\d+\\.\\d+\\S*\\R");
        }
    }
}
