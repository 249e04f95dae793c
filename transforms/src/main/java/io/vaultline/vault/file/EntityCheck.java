package io.vaultline.vault.file;

import io.vaultline.event.CollectionKind;
import io.vaultline.vault.QuarantinePlan;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.EventSpec;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.MultiActiveSpec;
import io.vaultline.vault.model.QuarantineSpec;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.SetSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.value.FieldReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Holds what the vault model file says of an entity against its collection and the rest of the model. */
final class EntityCheck {
    private final ModelNames names;
    private final Problems problems;
    private final List<LinkSpec> links;
    /** How many parts of the model want a table or view of each name; views of links give way to others. */
    private final Map<String, Integer> wanted = new HashMap<>();

    EntityCheck(VaultModel model, ModelNames names, Problems problems) {
        this.names = names;
        this.problems = problems;
        this.links = model.links();
        Stream<String> satellites = model.entities().stream()
                .flatMap(entity -> entity.satellites().stream())
                .map(SatelliteSpec::table);
        Stream<String> effectivity = model.links().stream().map(LinkSpec::effectivityTable);
        Stream<String> sets = model.entities().stream()
                .flatMap(entity -> entity.sets().stream())
                .map(SetSpec::table);
        Stream<String> status =
                model.entities().stream().filter(EntitySpec::statusTracking).map(EntitySpec::statusTable);
        Stream.of(
                        satellites,
                        effectivity,
                        sets,
                        status,
                        model.entities().stream().flatMap(EntityCheck::views))
                .flatMap(some -> some)
                .forEach(name -> wanted.merge(name, 1, Integer::sum));
    }

    private static Stream<String> views(EntitySpec entity) {
        Stream<String> own = Stream.of(entity.currentView(), entity.historyView());
        Stream<String> status =
                entity.statusTracking() ? Stream.of(entity.statusView(), entity.statusHistoryView()) : Stream.empty();
        Stream<String> sets = entity.sets().stream().flatMap(set -> Stream.of(set.currentView(), set.historyView()));
        return Stream.of(own, status, sets).flatMap(some -> some);
    }

    void check(DeclaredEntity declared) {
        names.entity(declared.name()).ifPresent(entity -> {
            new KeyCheck(entity, problems).check(declared.key());
            declared.computed().forEach(column -> new ComputedCheck(entity, problems).check(column));
            if (declared.isReference() || declared.isEvent()) {
                alone(declared, entity);
                return;
            }
            declared.hub().ifPresent(hub -> new SharedHubCheck(names, problems).check(hub, entity));
            declared.satellites().forEach(satellite -> satellite(satellite, entity));
            declared.arrays().forEach(array -> array(array, entity));
            declared.quarantine().ifPresent(where -> quarantine(where, entity));
            declared.statusTracking().ifPresent(where -> own(where, "status", entity));
        });
    }

    /** A table that holds all of its entity. */
    private void alone(DeclaredEntity declared, EntitySpec entity) {
        Place where = declared.as().map(Named::where).orElse(declared.name().where());
        if (declared.isReference() && entity.schema().key().isEmpty()) {
            problems.add(where, "`" + entity.name() + "` has no key that a reference table could be by");
        }
        if (entity.anchor() instanceof EventSpec event && event.ends().isEmpty()) {
            problems.add(
                    where,
                    "`" + entity.name() + "` is about no hub: it has no foreign key to one, and no link under `links`"
                            + " leads from it");
        }
        if (declared.hub().isPresent() || declared.hasSatellites()) {
            problems.add(
                    where,
                    "`" + entity.name() + "` is " + ModelNames.describe(entity)
                            + ", which has neither `hub` nor `satellites`");
        }
    }

    private void array(DeclaredArray array, EntitySpec entity) {
        if (entity.schema().key().isEmpty()) {
            problems.add(
                    array.name().where(),
                    "`" + entity.name() + "` has no key, so nothing can hang on a row that its values would not tell");
            return;
        }
        Named column = array.column();
        if (entity.schema().key().contains(column.name())) {
            problems.add(column.where(), "`" + column + "` is part of the key and holds no array");
        } else if (names.column(column, entity) && !DeclaredModel.canHoldArrays(array, entity.schema())) {
            problems.add(
                    column.where(),
                    "`" + column + "` is " + FieldReader.typeOf(entity.schema(), column.name())
                            + ", and only JSON holds arrays of documents");
        }
        refuseTakenTable(array.name(), entity);
    }

    private void quarantine(Place where, EntitySpec entity) {
        own(where, QuarantineSpec.SUFFIX, entity);
        boolean places = entity.schema().kind() == CollectionKind.DOCUMENTS
                || entity.sets().stream().anyMatch(MultiActiveSpec.class::isInstance)
                || links.stream()
                        .anyMatch(
                                link -> link.collection().equals(entity.schema().id()) && QuarantinePlan.isById(link));
        if (!places) {
            problems.add(
                    where,
                    "nothing of `" + entity.name() + "` could fail to fit: the file names no array and no path of it");
        }
    }

    /** A satellite that has its name from us. */
    private void own(Place where, String name, EntitySpec entity) {
        if (entity.schema().key().isEmpty()) {
            problems.add(
                    where, "`" + entity.name() + "` has no key, so nothing tells a row that came from one that went");
        }
        refuseTakenTable(new Named(name, where), entity);
    }

    private void refuseTakenTable(Named satellite, EntitySpec entity) {
        String table = new SatelliteSpec(entity.name() + "_" + satellite, List.of()).table();
        if (wanted.getOrDefault(table, 0) > 1) {
            problems.add(satellite.where(), "another part of the vault has the table `" + table + "`");
        } else {
            Stream.of("_current", "_history")
                    .map(suffix -> entity.name() + "_" + satellite + suffix)
                    .filter(view -> wanted.getOrDefault(view, 0) > 1)
                    .findFirst()
                    .ifPresent(view ->
                            problems.add(satellite.where(), "another part of the vault has the view `" + view + "`"));
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
        refuseTakenTable(satellite.name(), entity);
    }
}
