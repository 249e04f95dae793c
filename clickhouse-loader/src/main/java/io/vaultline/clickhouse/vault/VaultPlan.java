package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be done so that a database holds the vault of a model: tables created, columns added, views replaced.
 * Nothing is ever dropped or changed in place, and all of it can be done twice.
 */
public final class VaultPlan {
    private final String database;
    private final StoredVault vault;
    private final List<String> tableStatements = new ArrayList<>();
    private final Set<String> unfilled = new LinkedHashSet<>();
    private final List<String> ghosts;
    private final Map<String, String> views;

    /** @param server what the database has now */
    public VaultPlan(String database, VaultTables tables, ServerTables server) {
        this.database = database;
        Map<String, TableLayout> layouts = new LinkedHashMap<>();
        HashGuard hashes = new HashGuard(database, tables.model(), server);
        for (VaultTable table : tables.all()) {
            hashes.check(table);
            TablePlan plan = new TablePlan(database, table, server.columnsOf(table.name()));
            if (server.has(table.name())) {
                requireSameKey(table, server);
                tableStatements.addAll(plan.extend());
                if (!server.columnsOf(table.name()).keySet().containsAll(table.hashes())) {
                    unfilled.add(table.name());
                }
            } else {
                unfilled.add(table.name());
                tableStatements.add(plan.create(hashes.comment(table)));
            }
            layouts.put(table.name(), plan.layout());
        }
        if (!server.has(Freshness.TABLE)) {
            tableStatements.add(Freshness.table(database));
        }
        this.vault = new StoredVault(tables, layouts);
        this.ghosts =
                tables.model().rules().ghostRecords() ? new GhostRecords(database, tables).statements() : List.of();
        this.views = new LinkedHashMap<>(new VaultViews(database, vault).statements());
        views.put(Freshness.VIEW, Freshness.view(database));
    }

    /** A sorting key can't be changed: rows that were loaded under another would be found no more. */
    private void requireSameKey(VaultTable table, ServerTables server) {
        String wanted = String.join(", ", table.sortingKey());
        String found = server.sortingKeyOf(table.name());
        if (!found.equals(wanted)) {
            throw new PipelineException(
                    ErrorCode.MODEL_INVALID,
                    "The vault model gives a table that is there another key: (" + wanted + ") in place of (" + found
                            + ")",
                    database + "." + table.name(),
                    "Take back what the vault model file says of its entity, its hub or its ends, or load the new model"
                            + " into another database: a new clickhouse.database and a new loader group.");
        }
    }

    /** The statement that must come before all others, even before the server is asked what it has. */
    public static String createDatabase(String database) {
        return "CREATE DATABASE IF NOT EXISTS " + Sql.name(database);
    }

    /** How the vault stands on the server once the plan is carried out. */
    public StoredVault vault() {
        return vault;
    }

    /** Names of the tables that the server lacks, or that lack a hash there, such as a new end of a link of events. */
    public Set<String> unfilledTables() {
        return Set.copyOf(unfilled);
    }

    /** The statements that create tables and add columns, in order; none if the server has all of it. */
    public List<String> tableStatements() {
        return List.copyOf(tableStatements);
    }

    /** The statements that put ghosts where there are none; to be carried out once the tables are there. */
    public List<String> ghostStatements() {
        return ghosts;
    }

    /** The statement that creates or replaces each view, by the view's name. */
    public Map<String, String> viewStatements() {
        return Collections.unmodifiableMap(views);
    }

    /** Everything as a script, each statement ended by a semicolon and a line of its own. */
    public String script() {
        List<String> all = new ArrayList<>(List.of(createDatabase(database)));
        all.addAll(tableStatements);
        all.addAll(ghosts);
        all.addAll(views.values());
        return String.join(";\n\n", all) + ";\n";
    }
}
