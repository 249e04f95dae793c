package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.HubTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts a hub's business key in place of its hash key.
 *
 * @param outputs what the query shows: the key's columns, each as {@code <role>_<key column>}
 * @param sql the join that finds them
 */
record HubJoin(List<String> outputs, String sql) {

    /**
     * @param hashKey expression that is the hub's hash key
     * @param alias of the joined rows, used by no other
     * @param taken names that the query shows already; those of this join are added
     */
    static HubJoin of(
            String database,
            TableLayout hub,
            HubTarget target,
            String role,
            String hashKey,
            String alias,
            Set<String> taken) {
        List<String> outputs = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String column : target.keyColumns()) {
            String name = role + '_' + column;
            while (!taken.add(name)) {
                name = name + '_';
            }
            values.add(hub.stored(column).value("storedRow") + " AS " + Sql.name(column));
            outputs.add(alias + '.' + Sql.name(column) + " AS " + Sql.name(name));
        }
        String key = Sql.name(target.hashKey());
        String sql =
                "\nINNER JOIN (\n    SELECT %s AS hashKey, %s FROM %s AS storedRow ORDER BY %s LIMIT 1 BY %s\n) AS %s ON %s.hashKey = %s"
                        .formatted(
                                key,
                                String.join(", ", values),
                                Sql.name(database, hub.table().name()),
                                key,
                                key,
                                alias,
                                alias,
                                hashKey);
        return new HubJoin(outputs, sql);
    }

    /** What all of them show. */
    static String outputs(List<HubJoin> joins) {
        return joins.stream().flatMap(join -> join.outputs.stream()).collect(Collectors.joining(",\n    "));
    }

    /** All of them behind each other. */
    static String joins(List<HubJoin> joins) {
        return joins.stream().map(HubJoin::sql).collect(Collectors.joining());
    }
}
