package io.vaultline.capture.postgres;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Checks what a PostgreSQL server must grant before anything is started against it. */
final class PostgresPreflight {
    private static final int MIN_VERSION = 130_000;

    private final PostgresConnections connections;
    private final String where;

    PostgresPreflight(PostgresConnections connections, String where) {
        this.connections = connections;
        this.where = where;
    }

    void check() {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            version(statement);
            primary(statement);
            walLevel(statement);
            replication(statement);
            types(statement);
        } catch (SQLException e) {
            throw new PostgresFailures(where).apply(e);
        }
    }

    private void version(Statement statement) throws SQLException {
        if (Integer.parseInt(single(statement, "SHOW server_version_num")) < MIN_VERSION) {
            throw notCapturable(
                    "The server is older than PostgreSQL 13", "Upgrade it; 13 and newer publish partitioned tables.");
        }
    }

    private void primary(Statement statement) throws SQLException {
        if (single(statement, "SELECT pg_is_in_recovery()").equals("t")) {
            throw notCapturable(
                    "The server is a standby, where no publication and no slot can be kept",
                    "Point jdbc-url at the primary.");
        }
    }

    private void walLevel(Statement statement) throws SQLException {
        String level = single(statement, "SHOW wal_level");
        if (!level.equals("logical")) {
            throw notCapturable(
                    "wal_level is " + level + ", so the server does not log what capture needs",
                    "ALTER SYSTEM SET wal_level = logical; then restart PostgreSQL.");
        }
    }

    private void replication(Statement statement) throws SQLException {
        String granted = single(
                statement,
                "SELECT (rolreplication OR rolsuper"
                        + " OR EXISTS (SELECT FROM pg_roles r WHERE r.rolname = 'rds_replication'"
                        + " AND pg_has_role(current_user, r.oid, 'member')))::text"
                        + " FROM pg_roles WHERE rolname = current_user");
        if (!granted.equals("true")) {
            throw notCapturable(
                    "The user may not replicate",
                    "ALTER ROLE \"" + single(statement, "SELECT current_user") + "\" WITH REPLICATION;");
        }
    }

    /** The connector reads all types of the database at its start, and fails on an enum that has no labels of its own. */
    private void types(Statement statement) throws SQLException {
        String unreadable = single(
                statement,
                "SELECT coalesce(string_agg(format('%I.%I', n.nspname, t.typname), ', '), '') FROM pg_type t"
                        + " JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typcategory = 'E'"
                        + " AND NOT EXISTS (SELECT FROM pg_enum e WHERE e.enumtypid = t.oid)");
        if (!unreadable.isEmpty()) {
            throw notCapturable(
                    "The database has domains over enums, or enums without labels, at which the connector fails: "
                            + unreadable,
                    "Use the enum itself in the place of the domain, with its check at the columns (ALTER TABLE … ALTER"
                            + " COLUMN … TYPE …, ADD CHECK …; DROP DOMAIN …); give an enum a label (ALTER TYPE … ADD VALUE …).");
        }
    }

    private PipelineException notCapturable(String what, String remedy) {
        return new PipelineException(ErrorCode.SOURCE_NOT_CAPTURABLE, what, where, remedy);
    }

    private static String single(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            if (!result.next()) {
                throw new SQLException("no answer to " + query);
            }
            return result.getString(1);
        }
    }
}
