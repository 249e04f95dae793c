package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.vault.EntityQueries.Output;
import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.event.DataType;
import io.vaultline.vault.model.ComputedSpec;
import io.vaultline.vault.model.EntitySpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts an entity's computed columns behind those of a query. They are computed of what the query shows, where each value
 * that a change did not bring is found already, so none is ever computed of half a row.
 */
final class ComputedColumns {
    private ComputedColumns() {}

    /**
     * @param outputs columns of the source that the query shows
     * @param more names of other columns that it shows, behind those
     */
    static String of(EntitySpec entity, String query, List<Output> outputs, List<String> more) {
        if (entity.computed().isEmpty()) {
            return query;
        }
        Map<String, DataType> types = new HashMap<>();
        Map<String, String> shown = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            String source = entity.schema().columns().get(i).name();
            types.put(source, outputs.get(i).type());
            shown.put(source, "shownRow." + Sql.name(outputs.get(i).name()));
        }
        ExpressionSql expressions = new ExpressionSql(types, shown);
        Set<String> taken = outputs.stream().map(Output::name).collect(Collectors.toCollection(HashSet::new));
        StringBuilder sql = new StringBuilder("SELECT\n    ");
        sql.append(outputs.stream().map(output -> column(output.name())).collect(Collectors.joining(",\n    ")));
        for (ComputedSpec column : entity.computed()) {
            String name = column.name();
            while (!taken.add(name)) {
                name = name + '_';
            }
            sql.append(",\n    ")
                    .append(expressions.sql(column.expression(), column.type()))
                    .append(" AS ")
                    .append(Sql.name(name));
        }
        more.forEach(name -> sql.append(",\n    ").append(column(name)));
        return sql.append("\nFROM (\n").append(query).append("\n) AS shownRow").toString();
    }

    private static String column(String name) {
        return "shownRow." + Sql.name(name) + " AS " + Sql.name(name);
    }
}
