package io.vaultline.capture.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a database short questions. */
final class Asked {
    private final Connection connection;

    Asked(Connection connection) {
        this.connection = connection;
    }

    /** The only value of the only row. */
    String single(String query, Object... parameters) throws SQLException {
        List<@Nullable String[]> rows = rows(query, parameters);
        if (rows.isEmpty() || rows.get(0)[0] == null) {
            throw new SQLException("no answer to " + query);
        }
        return String.valueOf(rows.get(0)[0]);
    }

    /** Whether the only value is true. */
    boolean yes(String query, Object... parameters) throws SQLException {
        return single(query, parameters).startsWith("t");
    }

    long number(String query, Object... parameters) throws SQLException {
        return Long.parseLong(single(query, parameters));
    }

    /** All rows as texts. */
    List<@Nullable String[]> rows(String query, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet found = statement.executeQuery()) {
                List<@Nullable String[]> rows = new ArrayList<>();
                while (found.next()) {
                    @Nullable
                    String[] row = new @Nullable String[found.getMetaData().getColumnCount()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = found.getString(i + 1);
                    }
                    rows.add(row);
                }
                return rows;
            }
        }
    }
}
