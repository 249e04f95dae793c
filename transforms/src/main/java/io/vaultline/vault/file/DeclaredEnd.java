package io.vaultline.vault.file;

import io.vaultline.vault.value.DocumentPath;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An end of a link beside the row that states it, as the vault model file says.
 *
 * @param paths where each part of the key stands, such as {@code user_id} or {@code items[].product_id}
 * @param to name of a declared hub, or of an entity, whose business key the values are
 * @param role what the end is called in the link; the hub's name if the file does not say
 */
public record DeclaredEnd(List<String> paths, Named to, Optional<Named> role) {
    /** @throws IllegalArgumentException if a path is none */
    public DeclaredEnd {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(role, "role");
        paths = List.copyOf(paths);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no path");
        }
        paths.forEach(DocumentPath::parse);
    }
}
