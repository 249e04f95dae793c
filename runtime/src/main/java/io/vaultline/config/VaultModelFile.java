package io.vaultline.config;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Reads and writes vault model files, as {@code vault.model} names one. */
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
        return VaultFile.parse(text(file), file.toString());
    }

    /** The file's text. @throws PipelineException with {@code CONFIG_UNREADABLE} if it can't be read */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new PipelineException(
                    ErrorCode.CONFIG_UNREADABLE,
                    "The vault model file can't be read: " + e.getClass().getSimpleName(),
                    file.toString(),
                    "Correct vault.model in the pipeline's configuration; the path is relative to that file.",
                    e);
        }
    }

    /**
     * Puts another text in the file's place, at once, so that a crash leaves the one or the other.
     *
     * @throws PipelineException with {@code LOCAL_RESOURCE} if it can't be written
     */
    public static void replace(Path file, String text) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file.toRealPath(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PipelineException(
                    ErrorCode.LOCAL_RESOURCE,
                    "The vault model file can't be written: " + e.getClass().getSimpleName(),
                    file.toString(),
                    "Make its folder writable; the file is as it was.",
                    e);
        }
    }
}
