package io.vaultline.capture.postgres;

import io.vaultline.capture.postgres.CatalogTable.PgColumn;
import io.vaultline.event.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** Reads all rows of a table, to be compared, in the transaction of a connection. */
final class TableRows {
    private TableRows() {}

    /** Hands over each row once. */
    static void read(Connection connection, CatalogTable table, Consumer<Row> rows) throws SQLException {
        try {
            copy(connection, table, rows);
        } catch (SQLException e) {
            refuseOversized(e, table);
            throw e;
        }
    }

    /** Throws with the column if the failure is a row that is too large. */
    static void refuseOversized(SQLException failure, CatalogTable table) {
        OversizedRow oversized = OversizedRow.in(failure);
        if (oversized != null) {
            throw oversized.problem(column(table, oversized.index()));
        }
    }

    private static void copy(Connection connection, CatalogTable table, Consumer<Row> rows) throws SQLException {
        CopyOut copy = new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(command(table));
        try {
            for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
                rows.accept(row(table, line));
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static String column(CatalogTable table, int index) {
        return "column " + table.shape().id() + "."
                + table.shape().columns().get(index).name();
    }

    private static String command(CatalogTable table) {
        String columns = table.shape().columns().stream()
                .map(column -> Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
        return table.copiedByQuery()
                ? "COPY (SELECT " + columns + " FROM " + table.listing().rows() + ") TO STDOUT"
                : "COPY " + table.listing().quoted() + " (" + columns + ") TO STDOUT";
    }

    /** The row of a line, with texts in the places of values that don't fit, empty where they are masked. */
    static Row row(CatalogTable table, byte[] line) {
        return row(
                table,
                line,
                (problem, place, text) ->
                        text == null || table.types().get(place).mask().changes() ? "" : text);
    }

    /** The row of a line of which some values may not fit. */
    static Row lenientRow(CatalogTable table, byte[] line) {
        return row(
                table,
                line,
                (problem, place, text) -> ValueProblem.unfit(
                        problem, table.shape(), place, table.types().get(place).mask(), text));
    }

    /** Says what stands in the place of a value that does not fit. */
    @FunctionalInterface
    private interface Unfit {
        Object value(RuntimeException problem, int place, @Nullable String text);
    }

    private static Row row(CatalogTable table, byte[] line, Unfit unfit) {
        int count = table.types().size();
        @Nullable String[] fields = CopyRow.fields(line, count);
        @Nullable Object[] values = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            PgColumn column = table.types().get(i);
            try {
                values[i] = column.value(fields[i]);
            } catch (ValueProblem | ArithmeticException | IllegalArgumentException e) {
                values[i] = unfit.value(e, i, fields[i]);
            }
        }
        return new Row(table.shape(), values);
    }
}
