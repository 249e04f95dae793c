package io.vaultline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultModelFileTest {
    @TempDir
    private Path directory;

    @Test
    void withoutAFileNothingIsAdded() {
        assertThat(VaultModelFile.read(Optional.empty()).links()).isEmpty();
    }

    @Test
    void theFilesLinksAreRead() throws IOException {
        Path file = Files.writeString(
                directory.resolve("vault.yaml"), "links: [ { from: purchases, path: user_id, to: users } ]\n");

        assertThat(VaultModelFile.read(Optional.of(file)).links()).hasSize(1);
    }

    @Test
    void aFileIsReplacedAsAWhole() throws IOException {
        Path file = Files.writeString(directory.resolve("vault.yaml"), "links: []\n");

        VaultModelFile.replace(file, "hubs: []\n");

        assertThat(VaultModelFile.text(file)).isEqualTo("hubs: []\n");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aMissingFileIsReportedWithTheKeyThatNamesIt() {
        PipelineException failure = catchThrowableOfType(
                PipelineException.class, () -> VaultModelFile.read(Optional.of(directory.resolve("none.yaml"))));

        assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_UNREADABLE);
        assertThat(failure.remedy()).contains("vault.model");
    }
}
