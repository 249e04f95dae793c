package io.vaultline.config;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.vault.DeclaredModel;
import io.vaultline.vault.VaultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the vault model file that {@code vault.model} names. */
public final class VaultModelFile {
    private VaultModelFile() {}

    /**
     * What the file adds to the inferred model; nothing without a file.
     *
     * @throws PipelineException with {@code CONFIG_UNREADABLE} if the file can't be read, with {@code MODEL_INVALID} and
     *     every problem's line if it says something wrong
     */
    public static DeclaredModel read(Optional<Path> file) {
        return file.map(VaultModelFile::read).orElseGet(DeclaredModel::none);
    }

    private static DeclaredModel read(Path file) {
        try {
            return VaultFile.parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new PipelineException(
                    ErrorCode.CONFIG_UNREADABLE,
                    "The vault model file can't be read: " + e.getClass().getSimpleName(),
                    file.toString(),
                    "Correct vault.model in the pipeline's configuration; the path is relative to that file.",
                    e);
        }
    }
}
