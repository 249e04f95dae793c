package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.HubTarget;
import io.vaultline.vault.model.SameAsSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the query that leads from each key of a hub that is a duplicate now to what it became in the end. Each step goes
 * from the key that a row got to what that very row got next, so never to another row that has the key since.
 */
final class SameAsQuery {
    private static final String ORDER_NUMBER =
            "bitOr(bitShiftLeft(toUInt128(commit_position), 64), toUInt128(commit_ordinal))";

    private final String database;
    private final SameAsSpec sameAs;
    private final StoredVault vault;

    SameAsQuery(String database, SameAsSpec sameAs, StoredVault vault) {
        this.database = database;
        this.sameAs = sameAs;
        this.vault = vault;
    }

    /** The keys as {@code duplicate_<key column>} and {@code master_<key column>}. */
    String current() {
        HubTarget hub = vault.tables().hub(sameAs.hub());
        TableLayout layout = vault.layout(hub.table());
        Set<String> taken = new HashSet<>();
        List<HubJoin> joins = List.of(
                HubJoin.of(database, layout, hub, "duplicate", "pairRow.rootKey", "duplicateRow", taken),
                HubJoin.of(database, layout, hub, "master", "pairRow.newestKey", "masterRow", taken));
        return "SELECT\n    " + HubJoin.outputs(joins) + "\nFROM (\n" + pairs() + "\n) AS pairRow"
                + HubJoin.joins(joins);
    }

    /** {@code moves} has, for each key, when it became a duplicate and of what, and when a row had it again. */
    private String pairs() {
        String pairKey = Sql.name(sameAs.hashKey());
        return """
                WITH RECURSIVE
                    moves AS (
                        SELECT storedRow.duplicate_hk AS oldKey, pairRow.master_hk AS newKey, storedRow.active AS isMove,
                            %s AS orderNumber
                        FROM %s AS storedRow
                        LEFT ANY JOIN %s AS pairRow ON pairRow.%s = storedRow.%s),
                    lineage AS (
                        SELECT oldKey AS rootKey, argMax(newKey, orderNumber) AS nextKey, max(orderNumber) AS sinceOrder
                        FROM moves GROUP BY rootKey HAVING argMax(isMove, orderNumber)
                        UNION ALL
                        SELECT rootKey, argMin(moves.newKey, moves.orderNumber), min(moves.orderNumber)
                        FROM lineage INNER JOIN moves ON moves.oldKey = lineage.nextKey
                        WHERE moves.orderNumber > lineage.sinceOrder
                        GROUP BY rootKey, nextKey, sinceOrder HAVING argMin(moves.isMove, moves.orderNumber))
                SELECT rootKey, argMax(nextKey, sinceOrder) AS newestKey FROM lineage GROUP BY rootKey""".formatted(
                        ORDER_NUMBER.replace("commit_", "storedRow.commit_"),
                        Sql.name(database, sameAs.effectivityTable()),
                        Sql.name(database, sameAs.table()),
                        pairKey,
                        pairKey);
    }
}
