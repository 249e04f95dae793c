package io.vaultline.vault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Holds what the vault model file says of an entity against its collection and the rest of the model. */
final class EntityCheck {
    private final ModelNames names;
    private final Problems problems;
    /** How many parts of the model want a table of each name. */
    private final Map<String, Integer> tables = new HashMap<>();

    EntityCheck(VaultModel model, ModelNames names, Problems problems) {
        this.names = names;
        this.problems = problems;
        Stream<String> satellites = model.entities().stream()
                .flatMap(entity -> entity.satellites().stream())
                .map(SatelliteSpec::table);
        Stream<String> effectivity = model.links().stream().map(LinkSpec::effectivityTable);
        Stream.concat(satellites, effectivity).forEach(table -> tables.merge(table, 1, Integer::sum));
    }

    void check(DeclaredEntity declared) {
        names.entity(declared.name()).ifPresent(entity -> {
            new KeyCheck(entity, problems).check(declared.key());
            if (declared.isReference()) {
                reference(declared, entity);
                return;
            }
            declared.hub().ifPresent(hub -> new SharedHubCheck(names, problems).check(hub, entity));
            declared.satellites().forEach(satellite -> satellite(satellite, entity));
        });
    }

    private void reference(DeclaredEntity declared, EntitySpec entity) {
        Place where = declared.as().map(Named::where).orElse(declared.name().where());
        if (entity.schema().key().isEmpty()) {
            problems.add(where, "`" + entity.name() + "` has no key that a reference table could be by");
        }
        if (declared.hub().isPresent() || !declared.satellites().isEmpty()) {
            problems.add(
                    where, "`" + entity.name() + "` is a reference table, which has neither `hub` nor `satellites`");
        }
    }

    private void satellite(DeclaredSatellite satellite, EntitySpec entity) {
        if (entity.schema().key().isEmpty()) {
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
            } else {
                names.column(column, entity);
            }
        }
        String table = new SatelliteSpec(entity.name() + "_" + satellite.name(), List.of()).table();
        if (tables.getOrDefault(table, 0) > 1) {
            problems.add(satellite.name().where(), "another part of the vault has the table `" + table + "`");
        }
    }
}
