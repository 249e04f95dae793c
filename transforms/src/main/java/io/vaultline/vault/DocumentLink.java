package io.vaultline.vault;

import java.util.List;
import java.util.Objects;

/**
 * Values within a collection's rows that name a row of a hub, as the vault model file states it.
 *
 * @param from name of the entity whose rows hold the values
 * @param paths where each part of the key stands, such as {@code user_id} or {@code items[].product_id}
 * @param to name of a declared hub, or of an entity, whose business key the values are
 * @param where the statement stands
 */
public record DocumentLink(String from, List<String> paths, String to, Place where) {
    /** @throws IllegalArgumentException if a path is none */
    public DocumentLink {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(where, "where");
        paths = List.copyOf(paths);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no path");
        }
        paths.forEach(DocumentPath::parse);
    }

    /** A link by a key of one part. */
    public DocumentLink(String from, String path, String to, Place where) {
        this(from, List.of(path), to, where);
    }

    /** The paths, parsed. */
    List<DocumentPath> parsed() {
        return paths.stream().map(DocumentPath::parse).toList();
    }

    /** Whether it is clear which values make a key: the paths differ, and all arrays on them are within each other. */
    boolean isOneWhole() {
        List<DocumentPath> parsed = parsed();
        for (int i = 0; i < parsed.size(); i++) {
            for (DocumentPath before : parsed.subList(0, i)) {
                DocumentPath path = parsed.get(i);
                if (!path.sharesArraysWith(before) || path.isWithin(before) || before.isWithin(path)) {
                    return false;
                }
            }
        }
        return true;
    }
}
