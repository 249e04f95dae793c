package io.vaultline.vault;

import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds what the vault model file says against what the sources have. */
final class ModelCheck {
    private final DeclaredModel declared;
    private final VaultModel model;
    private final Problems problems;

    ModelCheck(DeclaredModel declared, VaultModel model, Problems problems) {
        this.declared = declared;
        this.model = model;
        this.problems = problems;
    }

    void check() {
        declared.hubs().forEach(this::hub);
        for (DeclaredEntity entity : declared.entities()) {
            find(entity.name().name(), entity.name().where(), entityNames()).ifPresent(found -> entity(entity, found));
        }
        for (DocumentLink link : declared.links()) {
            Optional<EntitySpec> from = find(link.from(), link.where(), entityNames());
            from.ifPresent(entity -> source(link, entity));
            target(link).ifPresent(type -> from.ifPresent(entity -> type(link, entity, type)));
        }
    }

    private List<String> entityNames() {
        return model.entities().stream().map(EntitySpec::name).toList();
    }

    private Optional<EntitySpec> find(String name, Place where, List<String> known) {
        Optional<EntitySpec> found =
                model.entities().stream().filter(e -> e.name().equals(name)).findFirst();
        if (found.isEmpty()) {
            problems.addUnknown(where, "entity", name, known);
        }
        return found;
    }

    private void hub(DeclaredHub hub) {
        String name = hub.name().name();
        model.entities().stream()
                .filter(entity -> entity.name().equals(name))
                .findFirst()
                .ifPresent(entity -> problems.add(
                        hub.name().where(),
                        "a second hub `" + name + "`: " + entity.schema().id() + " is called so already"));
        if (declared.links().stream().noneMatch(link -> link.to().equals(name))) {
            problems.add(hub.name().where(), "no link leads to hub `" + name + "`, so nothing would ever stand in it");
        }
    }

    private void entity(DeclaredEntity entity, EntitySpec found) {
        new KeyCheck(found, problems).check(entity.key());
        for (DeclaredSatellite satellite : entity.satellites()) {
            satellite(satellite, found);
        }
    }

    private void satellite(DeclaredSatellite satellite, EntitySpec entity) {
        CollectionSchema schema = entity.schema();
        if (schema.key().isEmpty()) {
            problems.add(
                    satellite.name().where(),
                    "`" + entity.name() + "` has no key, so a row is all its columns and none can be kept apart");
            return;
        }
        for (Named column : satellite.columns()) {
            if (entity.anchor().keyColumns().contains(column.name())) {
                problems.add(
                        column.where(),
                        "`" + column + "` is part of the key, which `"
                                + entity.anchor().table() + "` holds");
            } else if (isUnknown(column.name(), schema)) {
                problems.addUnknown(column.where(), "column of " + entity.name(), column.name(), columns(schema));
            }
        }
        String table = new SatelliteSpec(entity.name() + "_" + satellite.name(), List.of()).table();
        if (tables().getOrDefault(table, 0) > 1) {
            problems.add(satellite.name().where(), "another part of the vault has the table `" + table + "`");
        }
    }

    /** How many parts of the model want a table of each name. */
    private Map<String, Integer> tables() {
        Map<String, Integer> uses = new HashMap<>();
        Stream<String> satellites = model.entities().stream()
                .flatMap(entity -> entity.satellites().stream())
                .map(SatelliteSpec::table);
        Stream<String> effectivity = model.links().stream().map(LinkSpec::effectivityTable);
        Stream.concat(satellites, effectivity).forEach(table -> uses.merge(table, 1, Integer::sum));
        return uses;
    }

    private void source(DocumentLink link, EntitySpec from) {
        if (!(from.anchor() instanceof HubSpec)) {
            problems.add(link.where(), "`" + link.from() + "` is a link itself and can't refer to more entities");
        }
        String column = DocumentPath.parse(link.path()).column();
        if (isUnknown(column, from.schema())) {
            problems.addUnknown(link.where(), "column of " + link.from(), column, columns(from.schema()));
        }
        if (link.from().equals(link.to()) && from.schema().key().equals(List.of(link.path()))) {
            problems.add(link.where(), "a cycle: each row of `" + link.from() + "` would refer to itself");
        }
    }

    /** The type of the key that the link's values name. */
    private Optional<DataType> target(DocumentLink link) {
        Optional<DeclaredHub> hub = declared.hub(link.to());
        if (hub.isPresent()) {
            return hub.map(DeclaredHub::type);
        }
        List<String> known = Stream.concat(
                        entityNames().stream(),
                        declared.hubs().stream()
                                .map(declaredHub -> declaredHub.name().name()))
                .toList();
        Optional<EntitySpec> to = find(link.to(), link.where(), known);
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

    /** Documents can have fields that were not seen yet. */
    private static boolean isUnknown(String column, CollectionSchema schema) {
        return schema.kind() == CollectionKind.TABLE && schema.indexOf(column).isEmpty();
    }

    private static List<String> columns(CollectionSchema schema) {
        return schema.columns().stream().map(Column::name).toList();
    }
}
