package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.HubTarget;
import io.vaultline.vault.model.MergesSpec;
import io.vaultline.vault.model.SameAsSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the query that leads from each key of a hub that is a duplicate now to what it became in the end. Where rows got
 * other keys, each step goes from the key that a row got to what that very row got next, so never to another row that has
 * the key since: such a step is never followed by one of another row. What rows state of a key goes before its change, and
 * leads on to whatever is known of the other key; a circle is left before it closes.
 */
final class SameAsQuery {
    private static final String ORDER = "(commit_position, commit_ordinal)";
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

    private String pairs() {
        if (sameAs.merges().isEmpty()) {
            return """
                    WITH RECURSIVE
                        %s
                    SELECT rootKey, argMax(nextKey, sinceOrder) AS newestKey FROM lineage GROUP BY rootKey""".formatted(moves());
        }
        return """
                WITH RECURSIVE
                    %s,
                    edges AS (%s),
                    chain AS (
                        SELECT rootKey, newestKey AS nextKey, isStated, [rootKey, newestKey] AS passed FROM edges
                        UNION ALL
                        SELECT chain.rootKey, edges.newestKey, edges.isStated, arrayPushBack(chain.passed, edges.newestKey)
                        FROM chain INNER JOIN edges ON edges.rootKey = chain.nextKey
                        WHERE (chain.isStated OR edges.isStated) AND NOT has(chain.passed, edges.newestKey))
                SELECT rootKey, argMax(nextKey, length(passed)) AS newestKey FROM chain GROUP BY rootKey""".formatted(stated() + (sameAs.keysChange() ? ",\n    " + moves() : ""), edges());
    }

    /** A step from each key; what is stated of a key goes before its change. */
    private String edges() {
        String stated = "SELECT rootKey, newestKey, true AS isStated FROM stated";
        return !sameAs.keysChange()
                ? stated
                : stated + " UNION ALL SELECT rootKey, argMax(nextKey, sinceOrder) AS newestKey, false AS isStated"
                        + " FROM lineage WHERE rootKey NOT IN (SELECT rootKey FROM stated) GROUP BY rootKey";
    }

    /** {@code moves} has, for each key, when it became a duplicate and of what, and when a row had it again. */
    private String moves() {
        return """
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
                        GROUP BY rootKey, nextKey, sinceOrder HAVING argMin(moves.isMove, moves.orderNumber))""".formatted(
                        ORDER_NUMBER.replace("commit_", "storedRow.commit_"),
                        Sql.name(database, sameAs.effectivityTable()),
                        Sql.name(database, sameAs.table()),
                        Sql.name(sameAs.hashKey()),
                        Sql.name(sameAs.hashKey()));
    }

    /** What rows say now; of several masters of one key that which was said last. */
    private String stated() {
        String key = Sql.name(sameAs.hashKey());
        return """
                stated AS (
                        SELECT pairRow.duplicate_hk AS rootKey, argMax(pairRow.master_hk, (statedRow.newestOrder, pairRow.master_hk)) AS newestKey
                        FROM (%s) AS statedRow
                        INNER JOIN %s AS pairRow ON pairRow.%s = statedRow.pairKey
                        GROUP BY rootKey)""".formatted(
                        sameAs.merges().stream().map(this::stated).collect(Collectors.joining(" UNION ALL ")),
                        Sql.name(database, sameAs.table()),
                        key);
    }

    private String stated(MergesSpec merges) {
        String driving = Sql.name(MergesSpec.STATED_BY);
        String effectivity = Sql.name(database, merges.effectivityTable());
        return """
                SELECT %s AS pairKey, %s AS newestOrder FROM %s
                            WHERE active AND (%s, %s) IN (
                                SELECT %s, max(%s) AS newest FROM %s GROUP BY %s
                                HAVING newest > (SELECT max(%s) FROM %s WHERE entity = %s))""".formatted(
                        Sql.name(sameAs.hashKey()),
                        ORDER,
                        effectivity,
                        driving,
                        ORDER,
                        driving,
                        ORDER,
                        effectivity,
                        driving,
                        ORDER,
                        Sql.name(database, vault.tables().truncation().name()),
                        Sql.text(merges.from()));
    }
}
