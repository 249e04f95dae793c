package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.EntitySpec;

/**
 * Writes the query that gives each statement about a row the time from which to which it was the newest. A commit's last
 * statement stands for the commit; an emptied collection ends what was still there; commits of one microsecond, or of a clock
 * that went back, follow each other by a microsecond.
 */
final class Periods {
    private final String truncation;
    private final EntitySpec entity;

    /** @param truncation the table, as SQL names it */
    Periods(String truncation, EntitySpec entity) {
        this.truncation = truncation;
        this.entity = entity;
    }

    /**
     * @param statements a query for {@code commit_position, commit_ordinal, load_ts, deleted} and what is carried
     * @param subject what tells apart what statements are about, among what is carried
     * @param carried columns of the statements
     * @return a query for those, {@code isGone}, {@code isTruncation}, {@code startMicros} and {@code endMicros}
     */
    String sql(String statements, String subject, String carried) {
        return """
                WITH (
                    SELECT arraySort(groupUniqArray((commit_position, commit_ordinal, load_ts, true, true)))
                    FROM %1$s WHERE entity = %2$s
                ) AS allTruncations
                SELECT %3$s, isGone, isTruncation, startMicros, endMicros FROM (
                    SELECT *, leadInFrame(toNullable(startMicros)) OVER (
                        PARTITION BY %4$s ORDER BY changePosition
                        ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS endMicros
                    FROM (
                        SELECT *, nthChange + max(atMicros - nthChange) OVER (
                            PARTITION BY %4$s ORDER BY changePosition ROWS UNBOUNDED PRECEDING) AS startMicros
                        FROM (
                            SELECT *, toInt64(row_number() OVER (
                                PARTITION BY %4$s ORDER BY changePosition)) AS nthChange
                            FROM (
                                SELECT * FROM (
                                    SELECT *, lagInFrame(isGone, 1, false) OVER (
                                        PARTITION BY %4$s ORDER BY changePosition, changeOrdinal
                                        ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS wasGone
                                    FROM (
                                        SELECT %3$s,
                                            changeEvent.1 AS changePosition, changeEvent.2 AS changeOrdinal,
                                            toUnixTimestamp64Micro(changeEvent.3) AS atMicros,
                                            changeEvent.4 AS isGone, changeEvent.5 AS isTruncation
                                        FROM (
                                            %5$s
                                        )
                                        ARRAY JOIN arrayConcat(
                                            [(commit_position, commit_ordinal, load_ts, deleted, false)],
                                            arraySlice(arrayFilter(
                                                t -> (t.1, t.2) > (commit_position, commit_ordinal),
                                                allTruncations), 1, 1)) AS changeEvent
                                    )
                                )
                                WHERE NOT (isTruncation AND wasGone)
                                ORDER BY %4$s, changePosition, changeOrdinal DESC
                                LIMIT 1 BY %4$s, changePosition
                            )
                        )
                    )
                )""".formatted(truncation, Sql.text(entity.name()), carried, subject, statements);
    }
}
