package io.vaultline.capture.resnapshot;

import io.vaultline.event.CollectionId;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks to read a collection again.
 *
 * @param id of this request, unique
 * @param where which rows, in the source's own language; all if there is none
 */
public record ResnapshotRequest(String id, CollectionId collection, Optional<String> where) {
    public ResnapshotRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(where, "where");
    }
}
