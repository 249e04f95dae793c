package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.VaultColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes the queries over a satellite that says how rows came and went; an emptied collection is joined to them. */
final class StatusQueries {
    private static final String VALID_FROM = "valid_from";
    private static final String VALID_TO = "valid_to";
    private static final String STATUS = "status";
    private static final String EXISTS = "row_exists";

    private final String database;
    private final EntitySpec entity;
    private final StoredVault vault;
    private final AnchorKeys anchor;
    private final String hashKey;

    StatusQueries(String database, EntitySpec entity, StoredVault vault) {
        this.database = database;
        this.entity = entity;
        this.vault = vault;
        this.anchor = new AnchorKeys(entity, vault);
        this.hashKey = Sql.name(entity.anchor().hashKey());
    }

    /** How each row that ever was stands now. */
    String current() {
        return query(", " + from()) + "\nWHERE isNull(statusRow.endMicros)";
    }

    /** Each status with the time from which to which it was the newest. */
    String history() {
        return query(", " + from() + ",\n    fromUnixTimestamp64Micro(statusRow.endMicros, 'UTC') AS " + VALID_TO);
    }

    private static String from() {
        return "fromUnixTimestamp64Micro(statusRow.startMicros, 'UTC') AS " + VALID_FROM;
    }

    private String query(String periods) {
        String table = Sql.name(database, vault.tables().status(entity).name());
        String statements = """
                SELECT DISTINCT %s AS hashKey, toString(%s) AS statusName,
                    commit_position, commit_ordinal, load_ts, deleted
                FROM %s WHERE record_source != %s""".formatted(hashKey, VaultColumn.STATUS, table, Sql.text(GhostRecords.SOURCE));
        String truncation = Sql.name(database, vault.tables().truncation().name());
        return """
                SELECT
                    %s,
                    if(statusRow.isTruncation, 'truncated', statusRow.statusName) AS %s,
                    NOT statusRow.isGone AS %s%s
                FROM (
                    %s
                ) AS statusRow
                INNER JOIN (
                    %s
                ) AS anchorRow ON anchorRow.hashKey = statusRow.hashKey""".formatted(
                        keys(),
                        STATUS,
                        EXISTS,
                        periods,
                        new Periods(truncation, entity).sql(statements, "hashKey", "hashKey, statusName"),
                        anchor.sql(database));
    }

    /** The key's columns; one that is called like one of the view's own gets {@code _src} behind it. */
    private String keys() {
        Set<String> taken = new HashSet<>(Set.of(VALID_FROM, VALID_TO, STATUS, EXISTS));
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < anchor.columns().size(); i++) {
            String name = anchor.shown().get(i);
            while (!taken.add(name)) {
                name = name + "_src";
            }
            shown.add("anchorRow." + Sql.name(anchor.columns().get(i)) + " AS " + Sql.name(name));
        }
        return String.join(",\n    ", shown);
    }
}
