package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.event.DataType;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.VaultColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the queries that put an entity's rows together from its anchor, its satellites and the truncations. They need no
 * {@code FINAL}: rows that stand there twice because no merge has come yet count once.
 *
 * <p>Names of our own in them have capitals, so that no column of a source has the same name.
 */
final class EntityQueries {
    /**
     * A column of the result.
     *
     * @param stored what it is called in the vault's tables
     * @param name what it is called in the result
     */
    record Output(String stored, String name, DataType type) {}

    private static final String ORDER = "(commit_position, commit_ordinal)";

    private final String database;
    private final EntitySpec entity;
    private final TableLayout anchor;
    private final Versions versions;
    private final String truncation;
    private final String hashKey;

    EntityQueries(String database, EntitySpec entity, StoredVault vault) {
        this.database = database;
        this.entity = entity;
        this.anchor = vault.anchor(entity);
        this.versions = Versions.of(database, entity, vault);
        this.truncation = vault.tables().truncation().name();
        this.hashKey = Sql.name(entity.anchor().hashKey());
    }

    /**
     * The rows that exist after the commits that count: not deleted and not truncated, each column from the newest
     * version that has it.
     */
    String current(List<Output> outputs, Bound bound) {
        if (isKeyless()) {
            return copies(outputs, bound);
        }
        List<Output> attributes = attributes(outputs);
        return """
                SELECT
                    %s
                FROM (
                    SELECT * FROM (
                        SELECT %s AS hashKey, commit_position, commit_ordinal, deleted, unavailable%s
                        FROM %s AS storedRow%s
                        ORDER BY %s DESC, commit_position DESC, commit_ordinal DESC
                        LIMIT 1 BY %s
                    )
                    WHERE NOT deleted AND %s > (
                        SELECT max(%s) FROM %s WHERE entity = %s%s
                    )
                ) AS versionRow
                INNER JOIN (
                    %s
                ) AS anchorRow ON anchorRow.hashKey = versionRow.hashKey%s""".formatted(
                        select(outputs, this::resolved),
                        hashKey,
                        list(attributes, output -> value(versions.layout(), output)),
                        versions.sql(),
                        bound.where(),
                        hashKey,
                        hashKey,
                        ORDER,
                        ORDER,
                        Sql.name(database, truncation),
                        Sql.text(entity.name()),
                        bound.and(),
                        anchorKeys(outputs),
                        seen(attributes, values -> values.newest(bound)));
    }

    /** Without a key, each version is one row more, or one less, of those that are equal: so many are there. */
    private String copies(List<Output> outputs, Bound bound) {
        return """
                SELECT
                    %s
                FROM (
                    SELECT hashKey FROM (
                        SELECT hashKey, sum(if(deleted, -1, 1)) AS copyCount FROM (
                            SELECT DISTINCT %s AS hashKey, commit_position, commit_ordinal, deleted
                            FROM %s AS storedRow%s
                        )
                        WHERE %s > (SELECT max(%s) FROM %s WHERE entity = %s%s)
                        GROUP BY hashKey
                    )
                    ARRAY JOIN range(toUInt64(greatest(copyCount, 0))) AS nthCopy
                ) AS versionRow
                INNER JOIN (
                    %s
                ) AS anchorRow ON anchorRow.hashKey = versionRow.hashKey""".formatted(
                        select(outputs, this::resolved),
                        hashKey,
                        versions.sql(),
                        bound.where(),
                        ORDER,
                        ORDER,
                        Sql.name(database, truncation),
                        Sql.text(entity.name()),
                        bound.and(),
                        anchorKeys(outputs));
    }

    /**
     * The versions of the satellite, for its history; without a key, a version ends the row only if none is left of those
     * that are equal.
     */
    private String versions() {
        String table = versions.sql();
        return !isKeyless() ? table : """
                (SELECT * REPLACE (copyCount <= 0 AS deleted) FROM (
                    SELECT *, sum(if(deleted, -1, 1)) OVER (
                        PARTITION BY %s, emptiedTimes ORDER BY commit_position, commit_ordinal) AS copyCount
                    FROM (
                        SELECT DISTINCT *, arrayCount(t -> (t.1, t.2) < %s, allTruncations) AS emptiedTimes FROM %s
                    )
                ))""".formatted(hashKey, ORDER, table);
    }

    private boolean isKeyless() {
        return entity.schema().key().isEmpty();
    }

    /**
     * All versions with the time from which to which each was the newest. A commit's last version stands for the commit;
     * commits of one microsecond, or of a clock that went back, follow each other by a microsecond, so that no period is
     * empty and none overlaps another.
     */
    String history(List<Output> outputs, String validFrom, String validTo) {
        List<Output> attributes = attributes(outputs);
        return """
                WITH (
                    SELECT arraySort(groupUniqArray((commit_position, commit_ordinal, load_ts, true)))
                    FROM %s WHERE entity = %s
                ) AS allTruncations
                SELECT
                    %s,
                    fromUnixTimestamp64Micro(versionRow.startMicros, 'UTC') AS %s,
                    fromUnixTimestamp64Micro(versionRow.endMicros, 'UTC') AS %s
                FROM (
                    SELECT *, leadInFrame(toNullable(startMicros)) OVER (
                        PARTITION BY hashKey ORDER BY changePosition ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS endMicros
                    FROM (
                        SELECT *, nthChange + max(atMicros - nthChange) OVER (
                            PARTITION BY hashKey ORDER BY changePosition ROWS UNBOUNDED PRECEDING) AS startMicros
                        FROM (
                            SELECT *, toInt64(row_number() OVER (PARTITION BY hashKey ORDER BY changePosition)) AS nthChange
                            FROM (
                                SELECT %s AS hashKey, unavailable%s,
                                    changeEvent.1 AS changePosition, changeEvent.2 AS changeOrdinal,
                                    toUnixTimestamp64Micro(changeEvent.3) AS atMicros, changeEvent.4 AS isGone
                                FROM %s AS storedRow
                                ARRAY JOIN arrayConcat(
                                    [(commit_position, commit_ordinal, load_ts, deleted)],
                                    arraySlice(arrayFilter(t -> (t.1, t.2) > %s, allTruncations), 1, 1)) AS changeEvent
                                ORDER BY hashKey, changePosition, changeOrdinal DESC
                                LIMIT 1 BY hashKey, changePosition
                            )
                        )
                    )
                ) AS versionRow
                INNER JOIN (
                    %s
                ) AS anchorRow ON anchorRow.hashKey = versionRow.hashKey%s
                WHERE NOT versionRow.isGone""".formatted(
                        Sql.name(database, truncation),
                        Sql.text(entity.name()),
                        select(outputs, this::resolved),
                        Sql.name(validFrom),
                        Sql.name(validTo),
                        hashKey,
                        list(attributes, output -> value(versions.layout(), output)),
                        versions(),
                        ORDER,
                        anchorKeys(outputs),
                        seen(attributes, SeenValues::upToEachVersion));
    }

    private String anchorKeys(List<Output> outputs) {
        List<Output> keys =
                outputs.stream().filter(output -> !isAttribute(output)).toList();
        String there = anchor.has(VaultColumn.DELETED) ? " WHERE NOT deleted" : "";
        return "SELECT %s AS hashKey%s FROM %s AS storedRow%s ORDER BY %s LIMIT 1 BY %s"
                .formatted(
                        hashKey,
                        list(keys, output -> value(anchor, output)),
                        Sql.name(database, anchor.table().name()),
                        there,
                        hashKey,
                        hashKey);
    }

    /** The join that finds values which versions lack; without attributes nothing can be lacking. */
    private String seen(List<Output> attributes, Function<SeenValues, String> join) {
        return attributes.isEmpty() ? "" : "\n" + join.apply(new SeenValues(hashKey, versions, attributes));
    }

    private String resolved(Output output) {
        String name = Sql.name(output.stored());
        if (!isAttribute(output)) {
            return "anchorRow." + name;
        }
        return "if(has(versionRow.unavailable, " + Sql.text(output.stored()) + "), seenRow." + name + ".1, versionRow."
                + name + ")";
    }

    private boolean isAttribute(Output output) {
        return !isKeyless() && versions.layout().has(output.stored());
    }

    private List<Output> attributes(List<Output> outputs) {
        return outputs.stream().filter(this::isAttribute).toList();
    }

    private static String stored(TableLayout layout, Output output) {
        return layout.stored(output.stored()).value("storedRow", output.type());
    }

    private static String value(TableLayout layout, Output output) {
        return stored(layout, output) + " AS " + Sql.name(output.stored());
    }

    private static String select(List<Output> outputs, Function<Output, String> value) {
        return outputs.stream()
                .map(output -> value.apply(output) + " AS " + Sql.name(output.name()))
                .collect(Collectors.joining(",\n    "));
    }

    private static String list(List<Output> outputs, Function<Output, String> expression) {
        List<String> parts = new ArrayList<>(List.of(""));
        outputs.forEach(output -> parts.add(expression.apply(output)));
        return String.join(", ", parts);
    }
}
