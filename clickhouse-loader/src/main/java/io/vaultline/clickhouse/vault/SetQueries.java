package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.SetSpec;
import io.vaultline.vault.model.VaultColumn;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the queries over a satellite that holds a set for each version. A version's rows are its whole set; row number 0
 * says that the set is empty, that the row is gone, or that it got a new key and took its set along from the one before,
 * which {@code moved_from} names. They need no {@code FINAL}.
 *
 * <p>Names of our own in them have capitals, so that no column of a source has the same name.
 */
final class SetQueries {
    /** The commit order as one number. */
    private static final String ORDER_NUMBER =
            "bitOr(bitShiftLeft(toUInt128(commit_position), 64), toUInt128(commit_ordinal))";

    private static final String VALID_FROM = "valid_from";
    private static final String VALID_TO = "valid_to";

    private final String database;
    private final EntitySpec entity;
    private final TableLayout layout;
    private final SetOutputs outputs;
    private final String truncation;
    private final String hashKey;
    private final String table;
    private final String place;

    SetQueries(String database, EntitySpec entity, SetSpec set, StoredVault vault) {
        this.database = database;
        this.entity = entity;
        this.layout = vault.layout(vault.tables().set(set));
        this.outputs = new SetOutputs(entity, set, vault);
        this.truncation = Sql.name(database, vault.tables().truncation().name());
        this.hashKey = Sql.name(entity.anchor().hashKey());
        this.table = Sql.name(database, layout.table().name());
        this.place = layout.has(VaultColumn.PLACE) ? "CAST(" + VaultColumn.PLACE + ", 'String')" : "''";
    }

    /** The sets of the rows that exist. */
    String current() {
        return rows(newest(), List.of(), "");
    }

    /** Every set with the time from which to which it was the newest; as in {@link EntityQueries#history}. */
    String history() {
        String periods = ",\n    fromUnixTimestamp64Micro(elementRow.startMicros, 'UTC') AS " + VALID_FROM
                + ",\n    fromUnixTimestamp64Micro(elementRow.endMicros, 'UTC') AS " + VALID_TO;
        return rows(all(), List.of("startMicros", "endMicros"), periods);
    }

    /**
     * @param statements a row for each set: {@code hashKey}, {@code placeName}, {@code ownOrder} and whether it {@code
     *     isMoved}
     * @param ofStatement more columns that those have
     * @param select what is shown of those
     */
    private String rows(String statements, List<String> ofStatement, String select) {
        List<String> shown = ofStatement.stream()
                .map(name -> "statementRow." + name + " AS " + name)
                .toList();
        return """
                SELECT
                    %s%s
                FROM (
                    SELECT statementRow.hashKey AS ownerKey, statementRow.placeName AS ownerPlace,
                        statementRow.ownOrder AS ownOrder, setRow.*%s
                    FROM (
                        SELECT %s AS hashKey, %s AS placeName, %s AS orderNumber, %s%s
                        FROM %s AS storedRow WHERE %s > 0
                    ) AS setRow
                    INNER JOIN (
                        SELECT stated.*,
                            if(isMoved, origins.sourceKey, stated.hashKey) AS sourceKey,
                            if(isMoved, origins.sourceOrder, stated.ownOrder) AS sourceOrder
                        FROM (
                            %s
                        ) AS stated
                        LEFT JOIN (
                            %s
                        ) AS origins ON origins.rootKey = stated.hashKey AND origins.placeName = stated.placeName
                            AND origins.rootOrder = stated.ownOrder
                    ) AS statementRow
                        ON setRow.hashKey = statementRow.sourceKey AND setRow.placeName = statementRow.placeName
                        AND setRow.orderNumber = statementRow.sourceOrder
                    LIMIT 1 BY ownerKey, ownerPlace, ownOrder, %s
                ) AS elementRow
                INNER JOIN (
                    %s
                ) AS anchorRow ON anchorRow.hashKey = elementRow.ownerKey""".formatted(
                outputs.select("anchorRow", "elementRow", select.isEmpty() ? List.of() : List.of(VALID_FROM, VALID_TO)),
                select,
                list(shown),
                hashKey,
                place,
                ORDER_NUMBER,
                identity(),
                list(outputs.values("storedRow")),
                table,
                VaultColumn.SET_NUMBER,
                statements,
                origins(),
                identity(),
                outputs.anchorKeys(database));
    }

    /** What tells rows of one set apart. */
    private String identity() {
        return layout.has(VaultColumn.SUB_KEY)
                ? VaultColumn.SUB_KEY + ", " + VaultColumn.SET_NUMBER
                : VaultColumn.SET_NUMBER;
    }

    /** The newest statement of each key that exists. */
    private String newest() {
        return """
                SELECT hashKey, placeName, ownOrder, isMoved FROM (
                    SELECT %s AS hashKey, %s AS placeName, max(%s) AS ownOrder,
                        argMax(isNotNull(moved_from), %s) AS isMoved, argMax(deleted, %s) AS isGone
                    FROM %s GROUP BY hashKey, placeName
                )
                WHERE NOT isGone AND ownOrder > (SELECT max(%s) FROM %s WHERE entity = %s)""".formatted(
                        hashKey,
                        place,
                        ORDER_NUMBER,
                        ORDER_NUMBER,
                        ORDER_NUMBER,
                        table,
                        ORDER_NUMBER,
                        truncation,
                        Sql.text(entity.name()));
    }

    /** All statements with their periods. */
    private String all() {
        String statements = """
                SELECT DISTINCT %s AS hashKey, %s AS placeName, %s AS ownOrder,
                    commit_position, commit_ordinal, load_ts, deleted, isNotNull(moved_from) AS isMoved
                FROM %s""".formatted(hashKey, place, ORDER_NUMBER, table);
        String periods = new Periods(truncation, entity)
                .sql(statements, "hashKey, placeName", "hashKey, placeName, ownOrder, isMoved");
        return periods + "\nWHERE NOT isGone";
    }

    /**
     * Where rows that got a new key have their set from. Each step of the lineage goes from the key that a row had to the
     * one before it; under each key only the time between two moves counts, so that nothing comes from an earlier row
     * that had the same key.
     */
    private String origins() {
        return """
                SELECT rootKey, rootOrder, placeName,
                    argMax(ancestor, orderNumber) AS sourceKey, max(orderNumber) AS sourceOrder
                FROM (
                    SELECT DISTINCT %s AS hashKey, %s AS statedPlace, %s AS orderNumber
                    FROM %s WHERE NOT deleted AND isNull(moved_from)
                ) AS storedRow
                INNER JOIN (
                    WITH RECURSIVE
                        moves AS (
                            SELECT DISTINCT %s AS hashKey, %s AS movedPlace, %s AS orderNumber,
                                assumeNotNull(moved_from) AS origin
                            FROM %s WHERE isNotNull(moved_from)),
                        lineage AS (
                            SELECT hashKey AS rootKey, movedPlace AS placeName, orderNumber AS rootOrder,
                                origin AS ancestor, orderNumber AS untilOrder
                            FROM moves
                            UNION ALL
                            SELECT rootKey, placeName, rootOrder,
                                argMax(moves.origin, moves.orderNumber), max(moves.orderNumber)
                            FROM lineage INNER JOIN moves
                                ON moves.hashKey = lineage.ancestor AND moves.movedPlace = lineage.placeName
                            WHERE moves.orderNumber < lineage.untilOrder
                            GROUP BY rootKey, placeName, rootOrder, ancestor, untilOrder)
                    SELECT *, leadInFrame(untilOrder, 1, toUInt128(0)) OVER (
                        PARTITION BY rootKey, placeName, rootOrder ORDER BY untilOrder DESC
                        ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS sinceOrder
                    FROM lineage
                ) AS lineageRow ON lineageRow.ancestor = storedRow.hashKey AND lineageRow.placeName = storedRow.statedPlace
                WHERE orderNumber >= sinceOrder AND orderNumber < untilOrder
                GROUP BY rootKey, rootOrder, placeName""".formatted(hashKey, place, ORDER_NUMBER, table, hashKey, place, ORDER_NUMBER, table);
    }

    private static String list(List<String> expressions) {
        return expressions.stream().map(expression -> ", " + expression).collect(Collectors.joining());
    }
}
