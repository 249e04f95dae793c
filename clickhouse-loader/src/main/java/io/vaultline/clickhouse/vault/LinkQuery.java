package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.EntitySpec;
import io.vaultline.vault.HubTarget;
import io.vaultline.vault.LinkEnd;
import io.vaultline.vault.LinkSpec;
import io.vaultline.vault.VaultModel;
import io.vaultline.vault.VaultTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the query for the relations of a link that hold now: those of the newest version of each driving row. */
final class LinkQuery {
    private static final String ORDER = "(commit_position, commit_ordinal)";

    private final String database;
    private final LinkSpec link;
    private final StoredVault vault;

    LinkQuery(String database, LinkSpec link, StoredVault vault) {
        this.database = database;
        this.link = link;
        this.vault = vault;
    }

    /** Both ends' business keys, each as {@code <role>_<key column>}. */
    String current() {
        VaultTables tables = vault.tables();
        String driving = Sql.name(link.ends().get(0).hashKey());
        String linkKey = Sql.name(link.hashKey());
        String effectivity = Sql.name(database, tables.effectivity(link).name());
        List<End> ends = ends();
        return """
                SELECT
                    %s
                FROM (
                    SELECT %s FROM %s
                    WHERE active AND (%s, %s) IN (
                        %s
                    )
                    LIMIT 1 BY %s
                ) AS relationRow
                INNER JOIN (
                    SELECT * FROM %s ORDER BY %s LIMIT 1 BY %s
                ) AS linkRow ON linkRow.%s = relationRow.%s%s""".formatted(
                        ends.stream().flatMap(end -> end.outputs.stream()).collect(Collectors.joining(",\n    ")),
                        linkKey,
                        effectivity,
                        driving,
                        ORDER,
                        newest(driving, effectivity),
                        linkKey,
                        Sql.name(database, tables.link(link).name()),
                        linkKey,
                        linkKey,
                        linkKey,
                        linkKey,
                        ends.stream().map(End::join).collect(Collectors.joining()));
    }

    /**
     * The newest version of each driving row. A row without a key states its relations as long as one of those that are
     * equal is there.
     */
    private String newest(String driving, String effectivity) {
        EntitySpec entity = drivingEntity(vault.tables().model());
        String lastTruncation = "(SELECT max(%s) FROM %s WHERE entity = %s)"
                .formatted(ORDER, Sql.name(database, vault.tables().truncation().name()), Sql.text(entity.name()));
        return !entity.schema().key().isEmpty()
                ? """
                SELECT %s, max(%s) AS newestOrder FROM %s GROUP BY %s
                        HAVING newestOrder > %s""".formatted(driving, ORDER, effectivity, driving, lastTruncation)
                : """
                SELECT %s, maxIf(%s, active) FROM (
                            SELECT DISTINCT %s, commit_position, commit_ordinal, active FROM %s WHERE %s > %s
                        )
                        GROUP BY %s HAVING sum(if(active, 1, -1)) > 0""".formatted(driving, ORDER, driving, effectivity, ORDER, lastTruncation, driving);
    }

    /** An end of the link: what it shows, and the join that finds it. */
    private record End(List<String> outputs, String join) {}

    private List<End> ends() {
        List<End> ends = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (LinkEnd end : link.ends()) {
            ends.add(end(end, vault.tables().hub(end), "endRow" + (ends.size() + 1), taken));
        }
        return ends;
    }

    private End end(LinkEnd end, HubTarget target, String alias, Set<String> taken) {
        TableLayout hub = vault.layout(target.table());
        List<String> outputs = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String column : target.keyColumns()) {
            String name = end.role() + '_' + column;
            while (!taken.add(name)) {
                name = name + '_';
            }
            values.add(hub.stored(column).value("storedRow") + " AS " + Sql.name(column));
            outputs.add(alias + '.' + Sql.name(column) + " AS " + Sql.name(name));
        }
        String hashKey = Sql.name(target.hashKey());
        String join =
                "\nINNER JOIN (\n    SELECT %s AS hashKey, %s FROM %s AS storedRow ORDER BY %s LIMIT 1 BY %s\n) AS %s ON %s.hashKey = linkRow.%s"
                        .formatted(
                                hashKey,
                                String.join(", ", values),
                                Sql.name(database, hub.table().name()),
                                hashKey,
                                hashKey,
                                alias,
                                alias,
                                Sql.name(end.hashKey()));
        return new End(outputs, join);
    }

    private EntitySpec drivingEntity(VaultModel model) {
        return model.entityOf(link.collection())
                .orElseThrow(() -> new IllegalArgumentException("no entity " + link.collection()));
    }
}
