package io.vaultline.preflight;

import io.vaultline.check.Finding;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** Checks who can read the secrets of the configuration file. */
final class SecretsCheck {
    private SecretsCheck() {}

    /** @param keys of secrets that stand in the file itself */
    static List<Finding> check(Path config, List<String> keys) {
        if (keys.isEmpty() || !isReadableByAll(config)) {
            return List.of();
        }
        return List.of(new Finding(
                Severity.WARNING,
                ErrorCode.CONFIG_INVALID,
                "Secrets stand in a file that everybody on this machine can read: " + String.join(", ", keys),
                config.toAbsolutePath().toString(),
                Fix.shell("chmod 600 '" + config.toAbsolutePath().toString().replace("'", "'\\''") + "'")));
    }

    /** Where permissions are of another kind, it is not known and not said. */
    private static boolean isReadableByAll(Path config) {
        try {
            return Files.getPosixFilePermissions(config).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
