package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.vault.EntityQueries.Output;
import io.vaultline.clickhouse.wire.Sql;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the joins that find what the source did not send with a version: the newest value that it had sent before,
 * column by column. They look at the keys only that ever lacked a value, so a table without such is as fast without them.
 *
 * <p>A row that got a new key and was not sent whole took the rest along from its old key: {@code moved_from} leads
 * there, and from there on, if the row under the old key had come the same way.
 */
final class SeenValues {
    /** The commit order as one number: an aggregate by it takes half the memory of one by two. */
    private static final String ORDER_NUMBER =
            "bitOr(bitShiftLeft(toUInt128(commit_position), 64), toUInt128(commit_ordinal))";

    private final String hashKey;
    private final TableLayout layout;
    private final String satellite;
    private final List<Output> attributes;

    SeenValues(String hashKey, Versions versions, List<Output> attributes) {
        this.hashKey = hashKey;
        this.layout = versions.layout();
        this.satellite = versions.sql();
        this.attributes = attributes;
    }

    /** For each key the newest values, each as a tuple of one, which keeps nulls from being passed over. */
    String newest(Bound bound) {
        return """
                LEFT JOIN (
                    SELECT storedRow.%s AS hashKey%s
                    FROM (%s%s) AS storedRow
                    LEFT JOIN (%s) AS bornRow
                        ON bornRow.rootKey = storedRow.%s AND bornRow.rootOrder = storedRow.orderNumber
                    GROUP BY hashKey
                ) AS seenRow ON seenRow.hashKey = versionRow.hashKey""".formatted(
                        hashKey,
                        list(output -> "argMaxIf(" + value(output) + ", orderNumber, " + isTold(output) + ")"),
                        everLacking(),
                        bound.and(),
                        births(),
                        hashKey);
    }

    /** For each version the newest values up to it, each as a tuple of one. */
    String upToEachVersion() {
        return """
                LEFT JOIN (
                    SELECT storedRow.%s AS hashKey, commit_position, commit_ordinal%s
                    FROM (%s) AS storedRow
                    LEFT JOIN (%s) AS bornRow
                        ON bornRow.rootKey = storedRow.%s AND bornRow.rootOrder = storedRow.orderNumber
                    WINDOW past AS (PARTITION BY hashKey ORDER BY orderNumber ROWS UNBOUNDED PRECEDING)
                    LIMIT 1 BY hashKey, commit_position, commit_ordinal
                ) AS seenRow
                    ON seenRow.hashKey = versionRow.hashKey
                    AND seenRow.commit_position = versionRow.changePosition
                    AND seenRow.commit_ordinal = versionRow.changeOrdinal""".formatted(
                        hashKey,
                        list(output -> "anyLastIf(" + value(output) + ", " + isTold(output) + ") OVER past"),
                        everLacking(),
                        births(),
                        hashKey);
    }

    /** The versions of the keys that ever lacked a value. */
    private String everLacking() {
        return """
                SELECT *, %s AS orderNumber, isNotNull(moved_from) AS isBorn FROM %s
                WHERE NOT deleted AND %s IN (SELECT %s FROM %s WHERE notEmpty(unavailable) AND NOT deleted)""".formatted(ORDER_NUMBER, satellite, hashKey, hashKey, satellite);
    }

    /**
     * What rows that moved without all their values took along. Each step of the lineage goes from the key that a row
     * had to the one before it; under each key only the time between two moves counts, so that nothing comes from an
     * earlier row that had the same key.
     */
    private String births() {
        return """

                SELECT rootKey, rootOrder%s
                FROM (SELECT *, %s AS orderNumber FROM %s WHERE NOT deleted) AS storedRow
                INNER JOIN (
                    WITH RECURSIVE
                        moves AS (
                            SELECT DISTINCT %s AS hashKey, %s AS orderNumber, assumeNotNull(moved_from) AS origin
                            FROM %s WHERE isNotNull(moved_from)),
                        lineage AS (
                            SELECT hashKey AS rootKey, orderNumber AS rootOrder, origin AS ancestor, orderNumber AS untilOrder
                            FROM moves
                            UNION ALL
                            SELECT rootKey, rootOrder, argMax(moves.origin, moves.orderNumber), max(moves.orderNumber)
                            FROM lineage INNER JOIN moves ON moves.hashKey = lineage.ancestor
                            WHERE moves.orderNumber < lineage.untilOrder
                            GROUP BY rootKey, rootOrder, ancestor, untilOrder)
                    SELECT *, leadInFrame(untilOrder, 1, toUInt128(0)) OVER (
                        PARTITION BY rootKey, rootOrder ORDER BY untilOrder DESC
                        ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS sinceOrder
                    FROM lineage
                ) AS lineageRow ON lineageRow.ancestor = storedRow.%s
                WHERE orderNumber >= sinceOrder AND orderNumber < untilOrder
                GROUP BY rootKey, rootOrder""".formatted(
                list(output -> "argMaxIf(tuple(" + stored(output) + "), orderNumber, NOT " + isLacking(output) + ")"),
                ORDER_NUMBER,
                satellite,
                hashKey,
                ORDER_NUMBER,
                satellite,
                hashKey);
    }

    private static String isLacking(Output output) {
        return "has(unavailable, " + Sql.text(output.stored()) + ")";
    }

    /** A move tells every value: those that were not sent are known to be the old key's. */
    private static String isTold(Output output) {
        return "isBorn OR NOT " + isLacking(output);
    }

    private String value(Output output) {
        return "if(" + isLacking(output) + ", bornRow." + Sql.name(output.stored()) + ", tuple(" + stored(output)
                + "))";
    }

    private String stored(Output output) {
        return layout.stored(output.stored()).value("storedRow", output.type());
    }

    private String list(Function<Output, String> expression) {
        return attributes.stream()
                .map(output -> ", " + expression.apply(output) + " AS " + Sql.name(output.stored()))
                .collect(Collectors.joining());
    }
}
