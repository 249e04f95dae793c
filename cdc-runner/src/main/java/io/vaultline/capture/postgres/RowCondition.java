package io.vaultline.capture.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.util.PSQLException;

/** Which rows of a table are wanted: a predicate of SQL, or all of them. */
final class RowCondition {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CatalogTable table;
    private final Optional<String> where;

    RowCondition(CatalogTable table, Optional<String> where) {
        this.table = table;
        this.where = where;
    }

    /** Why these rows can't be read; the database's own sentence if it is one about the predicate. */
    Optional<String> problem(Connection connection) throws SQLException {
        if (where.isEmpty()) {
            return Optional.empty();
        } else if (table.shape().key().isEmpty()) {
            return Optional.of("The table has no key, so rows that are read again would come twice: leave --where out");
        } else if (where.get().contains(";")) {
            return Optional.of("A predicate holds no semicolon");
        }
        Savepoint before = connection.setSavepoint();
        try {
            explain(connection);
            return Optional.empty();
        } catch (PSQLException e) {
            connection.rollback(before);
            String message = e.getServerErrorMessage() == null
                    ? e.getMessage()
                    : e.getServerErrorMessage().getMessage();
            return Optional.of("The predicate can't be used: " + message);
        } finally {
            // A snapshot can't be exported from within a subtransaction.
            connection.releaseSavepoint(before);
        }
    }

    /** About how many rows; 0 where that isn't asked. */
    long rows(Connection connection) throws SQLException {
        return where.isEmpty() ? 0 : explain(connection);
    }

    private long explain(Connection connection) throws SQLException {
        String query = "EXPLAIN (FORMAT JSON) SELECT FROM " + table.listing().quoted() + " WHERE ("
                + where.orElse("true") + ")";
        try (Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery(query)) {
            plan.next();
            return JSON.readTree(plan.getString(1))
                    .path(0)
                    .path("Plan")
                    .path("Plan Rows")
                    .asLong();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL wrote a plan that is no JSON", e);
        }
    }
}
