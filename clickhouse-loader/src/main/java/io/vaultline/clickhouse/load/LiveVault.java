package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.vault.ServerTables;
import io.vaultline.clickhouse.vault.StoredVault;
import io.vaultline.clickhouse.vault.TableLayout;
import io.vaultline.clickhouse.vault.VaultPlan;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.kafka.SchemaCatalog;
import io.vaultline.vault.VaultMapper;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.SameAsSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The vault as it stands on the server now; follows the schemas of the sources. Used by one thread at a time. */
final class LiveVault {
    private static final Logger LOG = LoggerFactory.getLogger(LiveVault.class);

    private final SchemaCatalog catalog;
    private final DeclaredModel declared;
    private final String database;
    private final Map<String, String> views = new HashMap<>();
    private List<String> warned = List.of();
    private Map<CollectionId, CollectionSchema> shapes = Map.of();

    /** Shapes of changes, by identity, that were met since the vault was made. */
    private final Set<CollectionSchema> met = Collections.newSetFromMap(new IdentityHashMap<>());

    private VaultMapper mapper = new VaultMapper(VaultModel.empty());
    private StoredVault stored = new StoredVault(mapper.tables(), Map.of());

    LiveVault(SchemaCatalog catalog, DeclaredModel declared, String database) {
        this.catalog = catalog;
        this.declared = declared;
        this.database = database;
    }

    StoredVault stored() {
        return stored;
    }

    VaultMapper mapper() {
        return mapper;
    }

    /** The collections that the vault was made for. */
    Set<CollectionId> collections() {
        return shapes.keySet();
    }

    /**
     * Whether changes have a shape that the vault was not made for. A shape that was met for the first time since the
     * vault was made may have become the newest one again, so the topic is asked.
     */
    boolean isBehind(List<Polled> changes) {
        boolean unmet = false;
        for (Polled change : changes) {
            if (change.event().isPresent()) {
                unmet |= met.add(change.event().get().schema());
            }
        }
        if (unmet) {
            catalog.refresh();
        }
        return isBehind();
    }

    /** Whether the catalog has shapes that the vault was not made for. */
    boolean isBehind() {
        return !catalog.complete().equals(shapes);
    }

    /**
     * Brings the server up to the newest shapes that the catalog has.
     *
     * @param rereads told, before a table of theirs is created, which collections must be read again from their first
     *     change for its sake
     */
    void follow(ClickHouseGateway server, Consumer<Set<CollectionId>> rereads) {
        Map<CollectionId, CollectionSchema> complete = catalog.complete();
        VaultModel model = VaultInference.infer(List.copyOf(complete.values()), declared);
        warnOf(declared.unmet(model));
        VaultTables tables = new VaultTables(model);
        VaultPlan plan = new VaultPlan(database, tables, ServerTables.read(server, database));
        Set<CollectionId> incomplete = incomplete(tables, fresh(tables, plan));
        if (!incomplete.isEmpty()) {
            rereads.accept(incomplete);
        }
        for (String statement : plan.tableStatements()) {
            LOG.info("{}", statement.lines().findFirst().orElse(statement).replaceFirst(" \\($", ""));
            server.execute(statement);
        }
        plan.ghostStatements().forEach(server::execute);
        plan.viewStatements().forEach((view, statement) -> {
            if (!statement.equals(views.get(view))) {
                server.execute(statement);
                views.put(view, statement);
            }
        });
        stored = plan.vault();
        mapper = new VaultMapper(tables);
        shapes = complete;
        met.clear();
    }

    /** Once for each state of things: what the file names can still appear, and then the loader follows it. */
    private void warnOf(List<String> unmet) {
        if (!unmet.isEmpty() && !unmet.equals(warned)) {
            LOG.warn("{} says what the sources do not have:\n  {}", declared.file(), String.join("\n  ", unmet));
        }
        warned = unmet;
    }

    /**
     * Tables that lack the rows of what was loaded before, or a hash in them: at first those that the server lacks, later
     * those that our own rows were not made for, since another loader can have created them in the meantime.
     */
    private Set<String> fresh(VaultTables tables, VaultPlan plan) {
        if (shapes.isEmpty()) {
            return plan.unfilledTables();
        }
        Set<String> fresh = new HashSet<>();
        tables.all().stream().filter(table -> !isFilled(table)).forEach(table -> fresh.add(table.name()));
        return fresh;
    }

    private boolean isFilled(VaultTable table) {
        TableLayout known = stored.layouts().get(table.name());
        return known != null && known.table().hashes().containsAll(table.hashes());
    }

    private static Set<CollectionId> incomplete(VaultTables tables, Set<String> created) {
        Set<CollectionId> collections = new TreeSet<>();
        for (EntitySpec entity : tables.model().entities()) {
            if (created.contains(tables.anchor(entity.anchor()).name())
                    || entity.satellites().stream().anyMatch(satellite -> created.contains(satellite.table()))
                    || entity.sets().stream().anyMatch(set -> created.contains(set.table()))
                    || created.contains(entity.statusTable())) {
                collections.add(entity.schema().id());
            }
        }
        for (LinkSpec link : tables.model().links()) {
            if (created.contains(tables.link(link).name())
                    || created.contains(tables.effectivity(link).name())
                    || (!link.attributes().isEmpty() && created.contains(link.satelliteTable()))) {
                collections.add(link.collection());
            }
        }
        for (SameAsSpec sameAs : tables.model().sameAs()) {
            if (created.contains(sameAs.table()) || created.contains(sameAs.effectivityTable())) {
                collections.addAll(tables.model().collectionsOf(sameAs));
            }
            sameAs.merges().stream()
                    .filter(merges -> created.contains(sameAs.table()) || created.contains(merges.effectivityTable()))
                    .forEach(merges -> collections.add(merges.collection()));
        }
        return collections;
    }
}
