package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.EntitySpec;
import io.vaultline.vault.LinkSpec;

/**
 * Writes the query for when relations of a link held. What a row stated holds until it states something else: so a
 * relation that several versions of a row stated one after the other is one period. A commit's last version stands for
 * the commit, and moments follow each other as they do in an entity's history.
 */
final class LinkPeriods {
    private static final String ORDER = "(commit_position, commit_ordinal)";

    private final String truncation;
    private final EntitySpec entity;
    private final String driving;
    private final String linkKey;
    private final String effectivity;

    LinkPeriods(String database, LinkSpec link, EntitySpec entity, StoredVault vault) {
        this.truncation = Sql.name(database, vault.tables().truncation().name());
        this.entity = entity;
        this.driving = Sql.name(link.ends().get(0).hashKey());
        this.linkKey = Sql.name(link.hashKey());
        this.effectivity = Sql.name(database, vault.tables().effectivity(link).name());
    }

    /** Rows of {@code linkKey}, {@code sinceMicros} and {@code untilMicros}, which is null while the relation holds. */
    String sql() {
        return """
                WITH (
                    SELECT arraySort(groupUniqArray((commit_position, commit_ordinal, load_ts, true)))
                    FROM %s WHERE entity = %s
                ) AS allTruncations
                SELECT linkKey, min(startMicros) AS sinceMicros, argMax(tuple(endMicros), nthChange).1 AS untilMicros
                FROM (
                    SELECT drivingKey, linkKey, nthChange, startMicros, endMicros,
                        nthChange - toInt64(row_number() OVER (
                            PARTITION BY drivingKey, linkKey ORDER BY nthChange)) AS island
                    FROM (
                        SELECT *, leadInFrame(toNullable(startMicros)) OVER (
                            PARTITION BY drivingKey ORDER BY nthChange
                            ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS endMicros
                        FROM (
                            SELECT *, nthChange + max(atMicros - nthChange) OVER (
                                PARTITION BY drivingKey ORDER BY nthChange ROWS UNBOUNDED PRECEDING) AS startMicros
                            FROM (
                                SELECT *, toInt64(row_number() OVER (
                                    PARTITION BY drivingKey ORDER BY changePosition)) AS nthChange
                                FROM (
                                    SELECT drivingKey, changeEvent.1 AS changePosition, changeEvent.2 AS changeOrdinal,
                                        toUnixTimestamp64Micro(changeEvent.3) AS atMicros,
                                        if(changeEvent.4, [], linkKeys) AS heldKeys
                                    FROM (%s) AS stated
                                    ARRAY JOIN arrayConcat(
                                        [(commit_position, commit_ordinal, load_ts, false)],
                                        arraySlice(arrayFilter(t -> (t.1, t.2) > %s, allTruncations), 1, 1)) AS changeEvent
                                    ORDER BY drivingKey, changePosition, changeOrdinal DESC
                                    LIMIT 1 BY drivingKey, changePosition
                                )
                            )
                        )
                    )
                    ARRAY JOIN heldKeys AS linkKey
                )
                GROUP BY drivingKey, linkKey, island""".formatted(
                truncation, Sql.text(entity.name()), entity.schema().key().isEmpty() ? copies() : stated(), ORDER);
    }

    /** What each version of a driving row that says so is related to. */
    private String stated() {
        return """
                SELECT %s AS drivingKey, commit_position, commit_ordinal, any(load_ts) AS load_ts,
                    groupUniqArrayIf(%s, active) AS linkKeys
                FROM %s GROUP BY drivingKey, commit_position, commit_ordinal""".formatted(driving, linkKey, effectivity);
    }

    /** Rows without a key are equal if they are one; what they state ends when none of them is left. */
    private String copies() {
        return """
                SELECT drivingKey, commit_position, commit_ordinal, load_ts,
                    if(sum(if(empty(linkKeys), -1, 1)) OVER (
                        PARTITION BY drivingKey, emptiedTimes ORDER BY commit_position, commit_ordinal) > 0,
                        max(linkKeys) OVER (PARTITION BY drivingKey), []) AS linkKeys
                FROM (
                    SELECT *, arrayCount(t -> (t.1, t.2) < %s, allTruncations) AS emptiedTimes FROM (%s)
                )""".formatted(ORDER, stated());
    }
}
