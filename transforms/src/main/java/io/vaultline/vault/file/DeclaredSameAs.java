package io.vaultline.vault.file;

import io.vaultline.vault.value.DocumentPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That keys of a hub can mean the same, as the vault model file states it.
 *
 * @param hub name of an entity with a primary key, or of a declared hub
 * @param merges rows that say which do; where there are none, changes of primary keys alone
 * @param where the statement stands
 */
public record DeclaredSameAs(Named hub, Optional<DeclaredMerges> merges, Place where) {
    /**
     * Rows that say which keys mean the same.
     *
     * @param from name of the entity whose rows they are
     * @param duplicate where each part of the one key stands in a row
     * @param master where each part of the key stands that it is to be replaced by
     */
    public record DeclaredMerges(Named from, List<String> duplicate, List<String> master) {
        public DeclaredMerges {
            Objects.requireNonNull(from, "from");
            duplicate = List.copyOf(duplicate);
            master = List.copyOf(master);
        }

        /** The ends of each pair, as those of a link. */
        public List<List<String>> ends() {
            return List.of(duplicate, master);
        }
    }

    public DeclaredSameAs {
        Objects.requireNonNull(hub, "hub");
        Objects.requireNonNull(merges, "merges");
        Objects.requireNonNull(where, "where");
    }

    /** Whether it is clear which values make a pair. */
    public boolean isOneWhole() {
        List<String> paths = new ArrayList<>();
        merges.stream().flatMap(m -> m.ends().stream()).forEach(paths::addAll);
        return DocumentPath.areOneWhole(paths.stream().map(DocumentPath::parse).toList());
    }

    /** Names of columns at the source that it is about. */
    Stream<String> columns() {
        return merges.stream()
                .flatMap(m -> m.ends().stream())
                .flatMap(List::stream)
                .map(path -> DocumentPath.parse(path).column())
                .distinct();
    }
}
