package io.vaultline.vault.file;

import io.vaultline.vault.value.DocumentPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Values within a collection's rows that name rows of hubs, as the vault model file states it: a link between the row and
 * those.
 *
 * @param from name of the entity whose rows hold the values; the link's first end
 * @param ends one or more others
 * @param name of the link, if the file gives one
 * @param degenerate values that tell relations between the same rows apart
 * @param attributes values that describe the relation
 * @param where the statement stands
 */
public record DocumentLink(
        String from,
        List<DeclaredEnd> ends,
        Optional<Named> name,
        List<DeclaredColumn> degenerate,
        List<DeclaredColumn> attributes,
        Place where) {
    public DocumentLink {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(where, "where");
        ends = List.copyOf(ends);
        degenerate = List.copyOf(degenerate);
        attributes = List.copyOf(attributes);
        if (ends.isEmpty()) {
            throw new IllegalArgumentException("no end");
        }
    }

    /** A link by a key of one part. @throws IllegalArgumentException if the path is none */
    public static DocumentLink of(String from, String path, String to, Place where) {
        DeclaredEnd end = new DeclaredEnd(List.of(path), new Named(to, where), Optional.empty());
        return new DocumentLink(from, List.of(end), Optional.empty(), List.of(), List.of(), where);
    }

    /** Every path in it, parsed. */
    List<DocumentPath> parsed() {
        List<String> paths = new ArrayList<>();
        ends.forEach(end -> paths.addAll(end.paths()));
        degenerate.forEach(column -> paths.add(column.path()));
        attributes.forEach(column -> paths.add(column.path()));
        return paths.stream().map(DocumentPath::parse).toList();
    }

    /** Whether it is clear which values belong together: the paths differ, and all arrays on them are within each other. */
    public boolean isOneWhole() {
        return DocumentPath.areOneWhole(parsed());
    }
}
