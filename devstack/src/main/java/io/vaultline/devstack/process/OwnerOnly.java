package io.vaultline.devstack.process;

import io.vaultline.devstack.report.DevstackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders and files that only their owner can read, since they hold data and passwords. */
final class OwnerOnly {
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private OwnerOnly() {}

    /** Creates the folder and those above it, if they are not there. */
    static Path folder(Path folder) {
        try {
            return Files.isDirectory(folder) ? folder : Files.createDirectories(folder, FOLDER);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** Replaces the file in one step, so that no reader and no crash meets half of it. */
    static void write(Path file, String text) {
        try {
            Path folder = file.resolveSibling("").normalize();
            Path part = Files.createTempFile(folder, "." + file.getFileName(), ".part", FILE);
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static DevstackException unwritable(Path path, IOException e) {
        return new DevstackException(
                "This can't be written: " + e,
                path.toString(),
                "make room, or choose a directory that you can write",
                e);
    }
}
