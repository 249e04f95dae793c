package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.LinkColumn;
import io.vaultline.vault.model.LinkSpec;

/**
 * Writes the query for when relations of a link held. What a row stated holds until it states something else: so a
 * relation that several versions of a row stated one after the other is one period. A commit's last version stands for
 * the commit, and moments follow each other as they do in an entity's history.
 */
final class LinkPeriods {
    private static final String ORDER = "(commit_position, commit_ordinal)";

    /** The link key and the number of the row that describes it. */
    private static final int HELD_BEFORE_ATTRIBUTES = 2;

    private final String truncation;
    private final LinkSpec link;
    private final EntitySpec entity;
    private final String attributes;
    private final String driving;
    private final String linkKey;
    private final String effectivity;

    LinkPeriods(String database, LinkSpec link, EntitySpec entity, StoredVault vault) {
        this.truncation = Sql.name(database, vault.tables().truncation().name());
        this.link = link;
        this.entity = entity;
        this.attributes =
                link.attributes().isEmpty() ? "" : new LinkAttributes(database, link, vault).join("statedRow");
        this.driving = Sql.name(link.ends().get(0).hashKey());
        this.linkKey = Sql.name(link.hashKey());
        this.effectivity = Sql.name(database, vault.tables().effectivity(link).name());
    }

    /** Rows of {@code linkKey}, the attributes, {@code sinceMicros} and {@code untilMicros}, which is null while the relation holds. */
    String sql() {
        return """
                WITH (
                    SELECT arraySort(groupUniqArray((commit_position, commit_ordinal, load_ts, true)))
                    FROM %s WHERE entity = %s
                ) AS allTruncations
                SELECT %s, min(startMicros) AS sinceMicros, argMax(tuple(endMicros), nthChange).1 AS untilMicros
                FROM (
                    SELECT drivingKey, held, nthChange, startMicros, endMicros,
                        nthChange - toInt64(row_number() OVER (
                            PARTITION BY drivingKey, held ORDER BY nthChange)) AS island
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
                                        if(changeEvent.4, [], stated) AS allHeld
                                    FROM (%s) AS statedRow
                                    ARRAY JOIN arrayConcat(
                                        [(commit_position, commit_ordinal, load_ts, false)],
                                        arraySlice(arrayFilter(t -> (t.1, t.2) > %s, allTruncations), 1, 1)) AS changeEvent
                                    ORDER BY drivingKey, changePosition, changeOrdinal DESC
                                    LIMIT 1 BY drivingKey, changePosition
                                )
                            )
                        )
                    )
                    ARRAY JOIN allHeld AS held
                )
                GROUP BY drivingKey, held, island""".formatted(
                        truncation,
                        Sql.text(entity.name()),
                        shown(),
                        entity.schema().key().isEmpty() ? copies() : stated(),
                        ORDER);
    }

    private String shown() {
        StringBuilder shown = new StringBuilder("held.1 AS linkKey");
        int place = HELD_BEFORE_ATTRIBUTES;
        for (LinkColumn attribute : link.attributes()) {
            shown.append(", held.").append(++place).append(" AS ").append(Sql.name(attribute.name()));
        }
        return shown.toString();
    }

    /** What each version of a driving row that says so is related to. */
    private String stated() {
        String held = link.attributes().isEmpty()
                ? "tuple(statedRow.linkKey)"
                : "tuple(statedRow.linkKey, attributeRow.element_number"
                        + LinkAttributes.list(link, name -> "attributeRow." + name) + ")";
        return """
                SELECT statedRow.drivingKey AS drivingKey, statedRow.commit_position AS commit_position,
                    statedRow.commit_ordinal AS commit_ordinal, any(statedRow.load_ts) AS load_ts,
                    groupUniqArrayIf(%s, statedRow.active) AS stated
                FROM (
                    SELECT %s AS drivingKey, %s AS linkKey, commit_position, commit_ordinal, load_ts, active FROM %s
                ) AS statedRow%s
                GROUP BY drivingKey, commit_position, commit_ordinal""".formatted(held, driving, linkKey, effectivity, attributes);
    }

    /** Rows without a key are equal if they are one; what they state ends when none of them is left. */
    private String copies() {
        return """
                SELECT drivingKey, commit_position, commit_ordinal, load_ts,
                    if(sum(if(empty(stated), -1, 1)) OVER (
                        PARTITION BY drivingKey, emptiedTimes ORDER BY commit_position, commit_ordinal) > 0,
                        anyIf(stated, notEmpty(stated)) OVER (PARTITION BY drivingKey), []) AS stated
                FROM (
                    SELECT *, arrayCount(t -> (t.1, t.2) < %s, allTruncations) AS emptiedTimes FROM (%s)
                )""".formatted(ORDER, stated());
    }
}
