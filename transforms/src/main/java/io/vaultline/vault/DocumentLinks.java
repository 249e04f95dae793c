package io.vaultline.vault;

import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.Column;
import java.util.List;
import java.util.Optional;

/**
 * What the vault model file names beside what is inferred.
 *
 * @param file name of the file, for messages
 */
public record DocumentLinks(String file, List<DocumentLink> links) {
    public DocumentLinks {
        links = List.copyOf(links);
    }

    /** Nothing beside what is inferred. */
    public static DocumentLinks none() {
        return new DocumentLinks("no vault model file", List.of());
    }

    /**
     * Checks that every statement became a link. Inference passes over the others, since a collection can appear later;
     * preflight and {@code infer} tell the user.
     *
     * @param model inferred with these links
     * @throws PipelineException {@code MODEL_INVALID} with every statement that names no entity, no column or no key
     */
    public void check(VaultModel model) {
        Problems problems = new Problems(file);
        for (DocumentLink link : links) {
            find(link, link.from(), model, problems).ifPresent(from -> checkSource(link, from, problems));
            find(link, link.to(), model, problems).ifPresent(to -> checkTarget(link, to, problems));
        }
        problems.throwIfAny();
    }

    private static Optional<EntitySpec> find(DocumentLink link, String name, VaultModel model, Problems problems) {
        List<String> known = model.entities().stream().map(EntitySpec::name).toList();
        if (!known.contains(name)) {
            problems.addUnknown(link.where(), "entity", name, known);
        }
        return model.entities().stream().filter(e -> e.name().equals(name)).findFirst();
    }

    private static void checkSource(DocumentLink link, EntitySpec from, Problems problems) {
        String column = DocumentPath.parse(link.path()).column();
        if (!(from.anchor() instanceof HubSpec)) {
            problems.add(link.where(), "`" + link.from() + "` is a link itself and can't refer to more entities");
        }
        if (from.schema().kind() == CollectionKind.TABLE
                && from.schema().indexOf(column).isEmpty()) {
            List<String> columns =
                    from.schema().columns().stream().map(Column::name).toList();
            problems.addUnknown(link.where(), "column of " + link.from(), column, columns);
        }
    }

    private static void checkTarget(DocumentLink link, EntitySpec to, Problems problems) {
        if (!isTarget(to)) {
            problems.add(link.where(), "`" + link.to() + "` has no key of one column that an id could name");
        }
    }

    /** Whether an id can name a row of the entity. */
    static boolean isTarget(EntitySpec entity) {
        return entity.anchor() instanceof HubSpec && entity.schema().key().size() == 1;
    }
}
