package io.vaultline.verification;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is compared.
 *
 * @param captured collections whose shape is known
 * @param unheardOf collections of the sources of which the pipeline has never said anything
 * @param gone collections that the pipeline has captured and that the sources have no more
 */
record Selection(List<CollectionSchema> captured, List<CollectionId> unheardOf, List<CollectionId> gone) {

    /**
     * Chooses.
     *
     * @param present what the sources have
     * @param schemas the shapes that the pipeline knows
     * @param table {@code name}, {@code namespace.name} or {@code source.namespace.name}; all if it is not given
     */
    static Selection of(
            Set<CollectionId> present, Map<CollectionId, CollectionSchema> schemas, Optional<String> table) {
        Predicate<CollectionId> wanted =
                id -> table.map(name -> isCalled(id, name)).orElse(true);
        return new Selection(
                schemas.values().stream()
                        .filter(schema -> present.contains(schema.id()) && wanted.test(schema.id()))
                        .toList(),
                without(present, schemas.keySet(), wanted),
                without(schemas.keySet(), present, wanted));
    }

    /** @throws PipelineException if a table is wanted that the sources have not */
    static void require(Set<CollectionId> present, Optional<String> table) {
        if (table.isPresent() && present.stream().noneMatch(id -> isCalled(id, table.get()))) {
            throw unknown(table.get(), present);
        }
    }

    private static List<CollectionId> without(
            Collection<CollectionId> all, Set<CollectionId> others, Predicate<CollectionId> wanted) {
        return all.stream()
                .filter(id -> !others.contains(id) && wanted.test(id))
                .toList();
    }

    private static boolean isCalled(CollectionId id, String name) {
        return name.equals(id.name()) || name.equals(id.namespace() + "." + id.name()) || name.equals(id.toString());
    }

    private static PipelineException unknown(String table, Set<CollectionId> present) {
        return new PipelineException(
                ErrorCode.CONFIG_INVALID,
                "No captured table is called " + table,
                "--table",
                "Take one of: "
                        + String.join(
                                ", ",
                                present.stream().map(CollectionId::toString).toList()) + ".");
    }
}
