package io.vaultline.vault;

import java.util.Objects;

/**
 * A value within a collection's rows that names a row of a hub, as the vault model file states it.
 *
 * @param from name of the entity whose rows hold the value
 * @param path where it stands, such as {@code user_id} or {@code items[].product_id}
 * @param to name of a declared hub, or of an entity whose business key, of one column, the value is
 * @param where the statement stands
 */
public record DocumentLink(String from, String path, String to, Place where) {
    /** @throws IllegalArgumentException if the path is none */
    public DocumentLink {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(where, "where");
        DocumentPath.parse(path);
    }
}
