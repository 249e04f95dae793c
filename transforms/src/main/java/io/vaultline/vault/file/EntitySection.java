package io.vaultline.vault.file;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code entities} in the vault model file. */
final class EntitySection {
    static final List<String> KEYS =
            List.of("name", "key", "hub", "as", "satellites", "status-tracking", "quarantine", "computed");
    static final List<String> SATELLITE_KEYS = List.of("name", "columns", "except");
    private static final String SATELLITES = "satellites";

    static final List<String> KINDS = List.of(DeclaredEntity.REFERENCE, DeclaredEntity.EVENT);

    private final Problems problems;
    private final NameRules names;

    EntitySection(Problems problems) {
        this.problems = problems;
        this.names = new NameRules(problems);
    }

    List<DeclaredEntity> read(List<Node> items) {
        List<DeclaredEntity> entities =
                items.stream().map(this::entity).flatMap(Optional::stream).toList();
        names.refuseTwice("entity", entities.stream().map(DeclaredEntity::name).toList());
        return entities;
    }

    private Optional<DeclaredEntity> entity(Node item) {
        YamlFields fields = new YamlFields(item, KEYS, problems);
        Optional<Named> name = fields.required("name");
        List<Node> nodes = fields.list(SATELLITES);
        List<DeclaredSatellite> satellites = nodes.stream()
                .filter(node -> !ArraySection.isArray(node))
                .map(this::satellite)
                .flatMap(Optional::stream)
                .toList();
        List<DeclaredArray> arrays = nodes.stream()
                .filter(ArraySection::isArray)
                .map(new ArraySection(problems)::read)
                .flatMap(Optional::stream)
                .toList();
        checkPlaces(satellites);
        names.refuseTwice(
                "satellite",
                Stream.concat(
                                satellites.stream().map(DeclaredSatellite::name),
                                arrays.stream().map(DeclaredArray::name))
                        .toList());
        return name.map(n -> new DeclaredEntity(
                n,
                fields.names("key"),
                hub(fields),
                as(fields),
                satellites,
                arrays,
                fields.flag("status-tracking"),
                fields.flag("quarantine"),
                new ComputedSection(problems).read(fields.list("computed"))));
    }

    private Optional<Named> hub(YamlFields fields) {
        return fields.has("hub") ? fields.optional("hub").filter(names::isName) : Optional.empty();
    }

    private Optional<Named> as(YamlFields fields) {
        Optional<Named> as = fields.has("as") ? fields.optional("as") : Optional.empty();
        as.filter(kind -> !KINDS.contains(kind.name()))
                .ifPresent(kind -> problems.addUnknown(kind.where(), "kind of entity", kind.name(), KINDS));
        return as;
    }

    private void checkPlaces(List<DeclaredSatellite> satellites) {
        satellites.stream()
                .filter(DeclaredSatellite::exceptThese)
                .skip(1)
                .forEach(more -> problems.add(
                        more.name().where(), "`" + more.name() + "` is the second satellite that takes the rest"));
        names.refuseTwice(
                "place of column",
                satellites.stream()
                        .filter(satellite -> !satellite.exceptThese())
                        .flatMap(satellite -> satellite.columns().stream())
                        .toList());
    }

    private Optional<DeclaredSatellite> satellite(Node item) {
        YamlFields fields = new YamlFields(item, SATELLITE_KEYS, problems);
        Optional<Named> name = fields.required("name").filter(names::isName);
        boolean except = fields.has("except");
        if (fields.isMapping() && except == fields.has("columns")) {
            problems.add(fields.where(), "here must stand either `columns` or `except`");
            return Optional.empty();
        }
        List<Named> columns = fields.names(except ? "except" : "columns");
        return name.map(n -> new DeclaredSatellite(n, columns, except));
    }
}
