package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.oracle.ReferenceVault;
import io.vaultline.vault.oracle.Same;
import io.vaultline.vault.oracle.SourceDatabase;
import io.vaultline.vault.oracle.World;
import io.vaultline.vault.oracle.World.Link;
import io.vaultline.vault.oracle.World.Satellite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Compares what the mapper makes of a source's changes with what the reference says. */
final class VaultOracle {
    private static final VaultModel MODEL = VaultInference.infer(World.COLLECTIONS, World.FILE);
    private static final VaultTables TABLES = new VaultTables(MODEL);
    private static final List<String> HUBS = List.of(
            "customers",
            "products",
            "orders",
            "rooms",
            "stays",
            "twins",
            "purchases",
            "email",
            "sale",
            "person",
            "merges");

    private VaultOracle() {}

    /** Each change once or more, in any order, by one of two mappers. */
    private static List<VaultRow> delivered(List<DataChangeEvent> events, Random random) {
        List<DataChangeEvent> deliveries = new ArrayList<>(events);
        for (DataChangeEvent event : events) {
            if (random.nextInt(3) == 0) {
                deliveries.add(event);
            }
        }
        Collections.shuffle(deliveries, random);
        List<VaultMapper> mappers = List.of(new VaultMapper(TABLES), new VaultMapper(TABLES));
        VaultRows rows = new VaultRows();
        for (DataChangeEvent event : deliveries) {
            mappers.get(random.nextInt(2)).map(event, rows);
        }
        return rows.all();
    }

    /** @throws AssertionError if the vault holds something else than the reference */
    static void check(SourceDatabase source, Random random) {
        PlainVault vault = new PlainVault(TABLES, delivered(source.events(), random));
        check(source, vault);
        List<VaultRow> once =
                VaultRows.of(new VaultMapper(TABLES), source.events()).all();
        assertThat(vault.all()).isEqualTo(new PlainVault(TABLES, once).all());
    }

    private static void check(SourceDatabase source, PlainVault vault) {
        ReferenceVault reference = new ReferenceVault(source);
        for (String hub : HUBS) {
            Same.entries("hub " + hub, vault.keys(hub), reference.keys(hub));
        }
        for (Link link : World.LINKS) {
            Same.entries("link " + link.name(), vault.pairs(link), reference.pairs(link));
        }
        for (Link end : World.ENDS) {
            Same.entries("end " + end.role() + " of " + end.from(), vault.ends(end), reference.ends(end));
        }
        for (CollectionSchema schema : World.TRACKED) {
            Same.entries("status of " + schema, vault.statements(schema), reference.statements(schema));
        }
        for (CollectionSchema schema : World.COLLECTIONS) {
            checkSatellites(schema, reference, vault);
            Same.rows("truncations of " + schema, vault.truncations(schema), reference.truncations(schema));
            Same.rows("history of " + schema, vault.history(schema), reference.history(schema));
        }
        for (long position : source.positions()) {
            checkMoment(position, reference, vault);
        }
    }

    private static void checkSatellites(CollectionSchema schema, ReferenceVault reference, PlainVault vault) {
        for (Satellite satellite : World.satellites(schema)) {
            Same.entries(
                    "satellite " + satellite.name(),
                    vault.versions(schema, satellite.name()),
                    reference.versions(schema, satellite.columns()));
            Map<Object, Object> differences = new HashMap<>();
            Map<Object, Object> contents = new HashMap<>();
            for (VaultRow row : vault.rows("sat_" + satellite.name())) {
                Object content = PlainVault.content(row);
                Object difference = row.values().get(VaultColumn.HASHDIFF);
                assertThat(differences.put(content, difference)).isIn(null, difference);
                assertThat(contents.put(difference, content)).isIn(null, content);
            }
        }
    }

    private static void checkMoment(long position, ReferenceVault reference, PlainVault vault) {
        for (CollectionSchema schema : World.COLLECTIONS) {
            Same.rows(schema + " after " + position, vault.rows(schema, position), reference.rows(schema, position));
        }
        for (Link link : World.LINKS) {
            Same.rows(
                    link.name() + " after " + position,
                    vault.relations(link, position),
                    reference.relations(link, position));
        }
    }
}
