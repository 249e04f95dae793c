package io.vaultline.vault.file;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.EventSpec;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.HubSpec;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.ReferenceSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.value.Conversion;
import io.vaultline.vault.value.DocumentPath;
import io.vaultline.vault.value.FieldReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds a link that the vault model file declares against the collections at its ends, and against other links. */
final class LinkCheck {
    private final VaultModel model;
    private final ModelNames names;
    private final Problems problems;
    private final Map<List<Object>, Place> seen = new HashMap<>();

    LinkCheck(VaultModel model, ModelNames names, Problems problems) {
        this.model = model;
        this.names = names;
        this.problems = problems;
    }

    void check(DocumentLink link) {
        Optional<EntitySpec> from = names.entity(new Named(link.from(), link.where()));
        from.ifPresent(entity -> source(link, entity));
        link.ends().forEach(end -> end(link, end, from));
        from.flatMap(entity -> linkOf(link, entity)).ifPresent(spec -> naming(link, spec));
        List<Object> identity = List.of(
                link.from(),
                link.ends().stream()
                        .map(end -> List.of(end.to().name(), end.paths()))
                        .toList());
        Place before = seen.putIfAbsent(identity, link.where());
        if (before != null) {
            problems.add(link.where(), "the same link as in " + before);
        }
    }

    private void source(DocumentLink link, EntitySpec from) {
        if (from.anchor() instanceof EventSpec event) {
            events(link, event);
        } else if (from.anchor() instanceof ReferenceSpec) {
            problems.add(link.where(), "`" + link.from() + "` is a reference table, and no link leads from it");
        } else if (!(from.anchor() instanceof HubSpec)) {
            problems.add(link.where(), "`" + link.from() + "` is a link itself and can't refer to more entities");
        }
        link.parsed().stream()
                .map(DocumentPath::column)
                .distinct()
                .forEach(column -> names.column(new Named(column, link.where()), from));
        if (!link.isOneWhole()) {
            String paths = link.parsed().stream().map(DocumentPath::toString).collect(Collectors.joining("`, `"));
            problems.add(
                    link.where(),
                    "it is not clear which values of `" + paths + "` belong together: each must lead to a value of its"
                            + " own, and all arrays on them must be the same, or within each other");
        }
        Stream.concat(link.degenerate().stream(), link.attributes().stream())
                .forEach(column -> type(column, from.schema()));
    }

    /** What leads from events are ends of their one link. */
    private void events(DocumentLink link, EventSpec event) {
        String events = "`" + link.from() + "` is a link of events";
        if (link.name().isPresent()
                || !link.degenerate().isEmpty()
                || !link.attributes().isEmpty()) {
            problems.add(link.where(), events + ", which has its name and all columns already: state only ends");
        }
        link.parsed().stream()
                .filter(path -> path.depth() > 0)
                .forEach(path -> problems.add(
                        link.where(), events + ", each about one row of a hub, and `" + path + "` can name several"));
        link.ends()
                .forEach(end -> end.role()
                        .filter(role -> event.ends().stream()
                                .filter(is -> is.key().equals(end.paths()))
                                .noneMatch(is -> is.role().equals(role.name())))
                        .ifPresent(role -> problems.add(
                                role.where(),
                                "another end of the link, or the link itself, is called `" + role + "`")));
    }

    private void type(DeclaredColumn column, CollectionSchema schema) {
        column.type()
                .flatMap(wanted -> misfit(DocumentPath.parse(column.path()), schema, wanted)
                        .map(type -> "`" + column.path() + "` is " + type + " and can't be kept as " + wanted))
                .ifPresent(what -> problems.add(column.name().where(), what));
    }

    private void end(DocumentLink link, DeclaredEnd end, Optional<EntitySpec> from) {
        List<HubKeyPart> key = names.targetKey(end.to());
        Place where = end.to().where();
        if (!key.isEmpty() && key.size() != end.paths().size()) {
            problems.add(
                    where,
                    "`path` names " + end.paths().size() + " of the " + key.size() + " parts that the key of `"
                            + end.to() + "` has: "
                            + key.stream().map(HubKeyPart::toString).collect(Collectors.joining(", ")));
        }
        from.ifPresent(entity -> {
            for (int i = 0; i < Math.min(key.size(), end.paths().size()); i++) {
                keyType(end, i, entity, key.get(i).type());
            }
            String to = end.to().name();
            boolean isOwnHub = link.from().equals(to) || entity.anchor().name().equals(to);
            if (isOwnHub && entity.schema().key().equals(end.paths())) {
                problems.add(where, "a cycle: each row of `" + link.from() + "` would refer to itself");
            }
        });
    }

    private void keyType(DeclaredEnd end, int part, EntitySpec from, DataType wanted) {
        String path = end.paths().get(part);
        misfit(DocumentPath.parse(path), from.schema(), wanted)
                .ifPresent(type -> problems.add(
                        end.to().where(),
                        "`" + path + "` is " + type + " and can't name a row of `" + end.to() + "`, whose key is "
                                + wanted));
    }

    /** The type of the column that a path is, if it has no values of the wanted type. */
    private static Optional<DataType> misfit(DocumentPath path, CollectionSchema schema, DataType wanted) {
        if (!path.isColumn() || schema.indexOf(path.column()).isEmpty()) {
            return Optional.empty();
        }
        DataType type = FieldReader.typeOf(schema, path.column());
        boolean fits = type == Simple.JSON || Conversion.between(type, wanted) != Conversion.NONE;
        return fits ? Optional.empty() : Optional.of(type);
    }

    /** What the statement became. */
    private Optional<LinkSpec> linkOf(DocumentLink link, EntitySpec from) {
        List<List<Object>> ends = link.ends().stream()
                .map(end -> List.<Object>of(hub(end), end.paths()))
                .toList();
        return model.links().stream()
                .filter(spec -> spec.collection().equals(from.schema().id()))
                .filter(spec -> spec.ends().stream()
                        .skip(1)
                        .map(end -> List.<Object>of(end.hub(), end.key()))
                        .toList()
                        .equals(ends))
                .findFirst();
    }

    private String hub(DeclaredEnd end) {
        String to = end.to().name();
        return names.entityCalled(to).map(entity -> entity.anchor().name()).orElse(to);
    }

    /** What the file calls things must be free, since inference passes over what is not. */
    private void naming(DocumentLink link, LinkSpec spec) {
        link.name()
                .filter(name -> !name.name().equals(spec.name()))
                .ifPresent(name -> problems.add(
                        name.where(),
                        "another part of the vault is called `" + name + "`, or has tables of that name"));
        for (int i = 0; i < link.ends().size(); i++) {
            String role = spec.ends().get(i + 1).role();
            link.ends()
                    .get(i)
                    .role()
                    .filter(name -> !name.name().equals(role))
                    .ifPresent(name -> problems.add(
                            name.where(), "another end of the link, or the link itself, is called `" + name + "`"));
        }
        Set<String> taken = new HashSet<>();
        taken.add(spec.hashKey());
        spec.ends().forEach(end -> taken.add(end.hashKey()));
        Stream.concat(link.degenerate().stream(), link.attributes().stream())
                .map(DeclaredColumn::name)
                .filter(name -> taken.contains(name.name()))
                .forEach(name -> problems.add(name.where(), "the link has a column `" + name + "` of its own"));
    }
}
