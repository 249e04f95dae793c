package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.vault.EntityQueries.Output;
import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.Column;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.SameAsSpec;
import io.vaultline.vault.model.SetSpec;
import io.vaultline.vault.model.VaultNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The views that people query: {@code <entity>_current} and {@code <entity>_history}, the same of each link and of each
 * satellite that holds sets, {@code <hub>_same_as}. They show
 * source columns in the source's order, and nothing of the vault's own but the periods of a history.
 */
final class VaultViews {
    private static final String VALID_FROM = "valid_from";
    private static final String VALID_TO = "valid_to";

    private final String database;
    private final StoredVault vault;

    VaultViews(String database, StoredVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** The statement that creates or replaces each view, by the view's name. */
    Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        for (EntitySpec entity : vault.tables().model().entities()) {
            EntityQueries queries = new EntityQueries(database, entity, vault);
            List<Output> outputs = outputs(entity, Set.of());
            String current = queries.current(outputs, Bound.NONE);
            add(statements, entity.currentView(), ComputedColumns.of(entity, current, outputs, List.of()));
            List<Output> past = outputs(entity, Set.of(VALID_FROM, VALID_TO));
            String history = queries.history(past, VALID_FROM, VALID_TO);
            add(
                    statements,
                    entity.historyView(),
                    ComputedColumns.of(entity, history, past, List.of(VALID_FROM, VALID_TO)));
        }
        for (EntitySpec entity : vault.tables().model().entities()) {
            entity.sets().forEach(set -> addSet(statements, entity, set));
            if (entity.statusTracking()) {
                StatusQueries queries = new StatusQueries(database, entity, vault);
                add(statements, entity.statusView(), queries.current());
                add(statements, entity.statusHistoryView(), queries.history());
            }
        }
        for (LinkSpec link : vault.tables().model().links()) {
            LinkQuery query = new LinkQuery(database, link, vault);
            add(statements, free(statements, link, "_current"), query.current());
            add(statements, free(statements, link, "_history"), query.history(VALID_FROM, VALID_TO));
        }
        for (SameAsSpec sameAs : vault.tables().model().sameAs()) {
            add(statements, sameAs.view(), new SameAsQuery(database, sameAs, vault).current());
        }
        return statements;
    }

    private static String free(Map<String, String> statements, LinkSpec link, String suffix) {
        String name = link.name() + suffix;
        return VaultNames.free(
                statements.containsKey(name) ? link.name() + "_link" + suffix : name, statements.keySet());
    }

    private void addSet(Map<String, String> statements, EntitySpec entity, SetSpec set) {
        SetQueries queries = new SetQueries(database, entity, set, vault);
        add(statements, set.currentView(), queries.current());
        add(statements, set.historyView(), queries.history());
    }

    private void add(Map<String, String> statements, String view, String query) {
        String statement = "CREATE OR REPLACE VIEW " + Sql.name(database, view) + " AS\n" + query;
        if (vault.layouts().containsKey(view) || statements.put(view, statement) != null) {
            throw new PipelineException(
                    ErrorCode.MODEL_INVALID,
                    "Two parts of the vault model want a table or view of the same name",
                    database + "." + view,
                    "Give a satellite of the vault model file another name; `infer` says which.");
        }
    }

    /** A source column that is called like one of the view's own gets {@code _src} behind it. */
    private List<Output> outputs(EntitySpec entity, Set<String> own) {
        List<Output> outputs = new ArrayList<>();
        Set<String> taken = new HashSet<>(own);
        for (Column column : entity.schema().columns()) {
            String stored = vault.tables().columnName(entity, column.name());
            String name = vault.tables().shownName(entity, column.name());
            while (!taken.add(name)) {
                name = name + "_src";
            }
            outputs.add(new Output(stored, name, column.type()));
        }
        return outputs;
    }
}
