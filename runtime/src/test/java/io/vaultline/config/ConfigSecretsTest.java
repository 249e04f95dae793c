package io.vaultline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSecretsTest {
    private static final String PASSWORD = "correct-horse-battery";

    @TempDir
    private Path directory;

    @Test
    void aVariableThatIsNotSetIsAProblemWithItsLine() {
        PipelineException failure = files().failure(withPostgres("password: ${env:NOT_SET}"));

        assertThat(failure.what())
                .contains("pipeline.yaml:7:", "sources.pg.password: the environment variable NOT_SET is not set");
    }

    @Test
    void aFileThatIsNotThereIsAProblemWithItsLine() {
        PipelineException failure = files().failure(withPostgres("password: ${file:secrets/none}"));

        assertThat(failure.what()).contains("pipeline.yaml:7:", "secrets/none can't be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: [ " + PASSWORD + " ]",
                "password: !" + PASSWORD,
                "password: *" + PASSWORD,
                "password: !x!" + PASSWORD,
                "password: '" + PASSWORD,
                "password: {" + PASSWORD + ": }",
                "heartbeat: ${env:PASSWORD}",
                "slot: ${env:PASSWORD}",
                "include: [ \"${env:PASSWORD}\" ]",
                "url: jdbc:postgresql://host?password=" + PASSWORD,
            })
    void noMessageHoldsAValueThatMayBeSecret(String line) {
        PipelineException failure = files().failure(withPostgres(line));

        assertThat(failure.what() + failure.where() + failure.remedy() + failure)
                .doesNotContain(PASSWORD);
    }

    @Test
    void aTextThatLooksLikeAReferenceIsKeptWhenItsDollarSignIsDoubled() {
        PipelineConfig config = files().load(withPostgres("password: pre$${env:PASSWORD}${env:PASSWORD}"));

        assertThat(((SourceConfig.Postgres) config.sources().get(0)).password().reveal())
                .isEqualTo("pre${env:PASSWORD}" + PASSWORD);
    }

    @Test
    void aConfigurationPrintsWithoutItsSecrets() {
        PipelineConfig config = files().load(withPostgres("password: " + PASSWORD) + "  s3: { access-key: AKIA"
                + PASSWORD + ", secret-key: " + PASSWORD + " }\n");

        assertThat(config.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void nestedAliasesThatWouldGrowWithoutBoundAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [ x, x ]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a" + i + ": &a" + i + " [ *a" + (i - 1) + ", *a" + (i - 1) + " ]\n");
        }

        assertThat(files().failure(bomb.toString()).code()).isEqualTo(ErrorCode.CONFIG_UNREADABLE);
    }

    private ConfigFiles files() {
        return new ConfigFiles(directory, Map.of("PASSWORD", PASSWORD));
    }

    private static String withPostgres(String line) {
        return ConfigFiles.SMALLEST.replaceFirst(
                "(?m)^  pg:.*$", java.util.regex.Matcher.quoteReplacement("""
                          pg:
                            type: postgres
                            url: jdbc:postgresql://127.0.0.1:5432/app
                            user: postgres
                            %s\
                        """.formatted(line)));
    }
}
