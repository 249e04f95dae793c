package io.vaultline.vault;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.util.List;
import java.util.Optional;

/** Holds a link that the vault model file declares against the collections at its ends. */
final class LinkCheck {
    private final ModelNames names;
    private final Problems problems;

    LinkCheck(ModelNames names, Problems problems) {
        this.names = names;
        this.problems = problems;
    }

    void check(DocumentLink link) {
        Optional<EntitySpec> from = names.entity(new Named(link.from(), link.where()));
        from.ifPresent(entity -> source(link, entity));
        target(link).ifPresent(type -> from.ifPresent(entity -> type(link, entity, type)));
    }

    private void source(DocumentLink link, EntitySpec from) {
        if (!(from.anchor() instanceof HubSpec)) {
            problems.add(link.where(), "`" + link.from() + "` is a link itself and can't refer to more entities");
        }
        names.column(new Named(DocumentPath.parse(link.path()).column(), link.where()), from);
        if (link.from().equals(link.to()) && from.schema().key().equals(List.of(link.path()))) {
            problems.add(link.where(), "a cycle: each row of `" + link.from() + "` would refer to itself");
        }
    }

    /** The type of the key that the link's values name. */
    private Optional<DataType> target(DocumentLink link) {
        Optional<DeclaredHub> hub = names.declaredHub(link.to());
        if (hub.isPresent()) {
            return hub.map(DeclaredHub::type);
        }
        Optional<EntitySpec> to = names.entityOrHub(new Named(link.to(), link.where()));
        if (to.isPresent() && !DeclaredModel.isTarget(to.get())) {
            problems.add(link.where(), "`" + link.to() + "` has no key of one column that an id could name");
            return Optional.empty();
        }
        return to.map(entity ->
                FieldReader.typeOf(entity.schema(), entity.schema().key().get(0)));
    }

    private void type(DocumentLink link, EntitySpec from, DataType wanted) {
        DocumentPath path = DocumentPath.parse(link.path());
        if (!path.isColumn() || from.schema().indexOf(path.column()).isEmpty()) {
            return;
        }
        DataType type = FieldReader.typeOf(from.schema(), path.column());
        if (type != Simple.JSON && Conversion.between(type, wanted) == Conversion.NONE) {
            problems.add(
                    link.where(),
                    "`" + link.path() + "` is " + type + " and can't name a row of `" + link.to() + "`, whose key is "
                            + wanted);
        }
    }
}
