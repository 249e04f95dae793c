package io.vaultline.vault;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.util.List;
import java.util.stream.Collectors;

/** Holds a link that the vault model file declares against the collections at its ends. */
final class LinkCheck {
    private final ModelNames names;
    private final Problems problems;

    LinkCheck(ModelNames names, Problems problems) {
        this.names = names;
        this.problems = problems;
    }

    void check(DocumentLink link) {
        List<HubKeyPart> key = names.targetKey(new Named(link.to(), link.where()));
        names.entity(new Named(link.from(), link.where())).ifPresent(from -> {
            source(link, from);
            types(link, from, key);
        });
        if (!key.isEmpty() && key.size() != link.paths().size()) {
            problems.add(
                    link.where(),
                    "`path` names " + link.paths().size() + " of the " + key.size() + " parts that the key of `"
                            + link.to() + "` has: "
                            + key.stream().map(HubKeyPart::toString).collect(Collectors.joining(", ")));
        }
    }

    private void source(DocumentLink link, EntitySpec from) {
        if (from.anchor() instanceof ReferenceSpec) {
            problems.add(link.where(), "`" + link.from() + "` is a reference table, and no link leads from it");
        } else if (!(from.anchor() instanceof HubSpec)) {
            problems.add(link.where(), "`" + link.from() + "` is a link itself and can't refer to more entities");
        }
        link.parsed().stream()
                .map(DocumentPath::column)
                .distinct()
                .forEach(column -> names.column(new Named(column, link.where()), from));
        if (!link.isOneWhole()) {
            problems.add(
                    link.where(),
                    "`" + String.join("`, `", link.paths()) + "` do not make one key: each must lead to a value of its"
                            + " own, and all arrays on them must be the same, or within each other");
        }
        if ((link.from().equals(link.to()) || link.to().equals(from.anchor().name()))
                && from.schema().key().equals(link.paths())) {
            problems.add(link.where(), "a cycle: each row of `" + link.from() + "` would refer to itself");
        }
    }

    private void types(DocumentLink link, EntitySpec from, List<HubKeyPart> key) {
        for (int i = 0; i < Math.min(key.size(), link.paths().size()); i++) {
            type(link, i, from, key.get(i).type());
        }
    }

    private void type(DocumentLink link, int part, EntitySpec from, DataType wanted) {
        DocumentPath path = link.parsed().get(part);
        if (!path.isColumn() || from.schema().indexOf(path.column()).isEmpty()) {
            return;
        }
        DataType type = FieldReader.typeOf(from.schema(), path.column());
        if (type != Simple.JSON && Conversion.between(type, wanted) == Conversion.NONE) {
            problems.add(
                    link.where(),
                    "`" + path.column() + "` is " + type + " and can't name a row of `" + link.to() + "`, whose key is "
                            + wanted);
        }
    }
}
