package io.vaultline.vault;

import java.util.Objects;

/**
 * An id within a collection's rows that names a row of another, as the vault model file states it.
 *
 * @param from name of the entity whose rows hold the id
 * @param path where the id stands, such as {@code user_id} or {@code items[].product_id}
 * @param to name of the entity whose business key, of one column, the id is
 * @param where the statement stands, for messages, such as {@code line 2, column 5}
 */
public record DocumentLink(String from, String path, String to, String where) {
    /** @throws IllegalArgumentException if the path is none */
    public DocumentLink {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(where, "where");
        DocumentPath.parse(path);
    }
}
