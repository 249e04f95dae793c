package io.vaultline.event;

import java.util.Objects;

/**
 * A table or document collection of one source.
 *
 * @param source name of the source in the configuration, such as {@code pg}
 * @param namespace schema (PostgreSQL) or database (MongoDB)
 * @param name table or collection, exactly as the source spells it
 */
public record CollectionId(String source, String namespace, String name) implements Comparable<CollectionId> {
    public CollectionId {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
    }

    @Override
    public int compareTo(CollectionId other) {
        int bySource = source.compareTo(other.source);
        if (bySource != 0) {
            return bySource;
        }
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return source + "." + namespace + "." + name;
    }
}
