package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.HubTarget;
import io.vaultline.vault.model.LinkColumn;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.LinkSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes the queries for the relations of a link: the ends' business keys, each as {@code <role>_<key column>}. */
final class LinkQuery {
    private static final String ORDER = "(commit_position, commit_ordinal)";

    private final String database;
    private final LinkSpec link;
    private final StoredVault vault;
    private final EntitySpec driving;

    LinkQuery(String database, LinkSpec link, StoredVault vault) {
        this.database = database;
        this.link = link;
        this.vault = vault;
        this.driving = vault.tables()
                .model()
                .entityOf(link.collection())
                .orElseThrow(() -> new IllegalArgumentException("no entity " + link.collection()));
    }

    /** The relations that hold now: those of the newest version of each driving row. */
    String current() {
        Set<String> taken = new HashSet<>();
        List<HubJoin> ends = ends(taken);
        String attributes =
                link.attributes().isEmpty() ? "" : new LinkAttributes(database, link, vault).join("relationRow");
        return "SELECT\n    " + HubJoin.outputs(ends) + columns("attributeRow", taken) + "\nFROM (\n"
                + newestRelations() + "\n) AS relationRow" + joins(ends) + attributes;
    }

    /** All relations with the time from which to which each held. */
    String history(String validFrom, String validTo) {
        Set<String> taken = new HashSet<>(Set.of(validFrom, validTo));
        List<HubJoin> ends = ends(taken);
        return """
                SELECT
                    %s%s,
                    fromUnixTimestamp64Micro(relationRow.sinceMicros, 'UTC') AS %s,
                    fromUnixTimestamp64Micro(relationRow.untilMicros, 'UTC') AS %s
                FROM (
                %s
                ) AS relationRow%s""".formatted(
                        HubJoin.outputs(ends),
                        columns("relationRow", taken),
                        Sql.name(validFrom),
                        Sql.name(validTo),
                        periods(),
                        joins(ends));
    }

    private String periods() {
        return new LinkPeriods(database, link, driving, vault).sql();
    }

    private String newestRelations() {
        String linkKey = Sql.name(link.hashKey());
        String effectivity = Sql.name(database, vault.tables().effectivity(link).name());
        String drivingKey = Sql.name(link.ends().get(0).hashKey());
        return """
                SELECT %s AS linkKey, commit_position, commit_ordinal FROM %s
                WHERE active AND (%s, %s) IN (
                    %s
                )
                LIMIT 1 BY linkKey""".formatted(linkKey, effectivity, drivingKey, ORDER, newest(drivingKey, effectivity));
    }

    /**
     * The newest version of each driving row. A row without a key states its relations as long as one of those that are
     * equal is there.
     */
    private String newest(String drivingKey, String effectivity) {
        String lastTruncation = "(SELECT max(%s) FROM %s WHERE entity = %s)"
                .formatted(ORDER, Sql.name(database, vault.tables().truncation().name()), Sql.text(driving.name()));
        return !driving.schema().key().isEmpty()
                ? """
                SELECT %s, max(%s) AS newestOrder FROM %s GROUP BY %s
                    HAVING newestOrder > %s""".formatted(drivingKey, ORDER, effectivity, drivingKey, lastTruncation)
                : """
                SELECT %s, maxIf(%s, active) FROM (
                        SELECT DISTINCT %s, commit_position, commit_ordinal, active FROM %s WHERE %s > %s
                    )
                    GROUP BY %s HAVING sum(if(active, 1, -1)) > 0""".formatted(drivingKey, ORDER, drivingKey, effectivity, ORDER, lastTruncation, drivingKey);
    }

    private String joins(List<HubJoin> ends) {
        String linkKey = Sql.name(link.hashKey());
        String table = Sql.name(database, vault.tables().link(link).name());
        return "\nINNER JOIN (\n    SELECT * FROM %s ORDER BY %s LIMIT 1 BY %s\n) AS linkRow ON linkRow.%s = relationRow.linkKey"
                        .formatted(table, linkKey, linkKey, linkKey)
                + HubJoin.joins(ends);
    }

    /** The degenerate keys, and the attributes of the rows called {@code row}. */
    private String columns(String row, Set<String> taken) {
        TableLayout table = vault.layout(vault.tables().link(link));
        StringBuilder columns = new StringBuilder();
        for (LinkColumn key : link.degenerate()) {
            column(table.stored(key.name()).value("linkRow"), key, taken, columns);
        }
        for (LinkColumn attribute : link.attributes()) {
            column(row + '.' + Sql.name(attribute.name()), attribute, taken, columns);
        }
        return columns.toString();
    }

    private static void column(String value, LinkColumn column, Set<String> taken, StringBuilder columns) {
        String name = column.name();
        while (!taken.add(name)) {
            name = name + '_';
        }
        columns.append(",\n    ").append(value).append(" AS ").append(Sql.name(name));
    }

    /** @param taken names that the query shows already; those of the ends are added */
    private List<HubJoin> ends(Set<String> taken) {
        List<HubJoin> ends = new ArrayList<>();
        for (LinkEnd end : link.ends()) {
            HubTarget hub = vault.tables().hub(end);
            String hashKey = "linkRow." + Sql.name(end.hashKey());
            String alias = "endRow" + (ends.size() + 1);
            ends.add(HubJoin.of(database, vault.layout(hub.table()), hub, end.role(), hashKey, alias, taken));
        }
        return ends;
    }
}
