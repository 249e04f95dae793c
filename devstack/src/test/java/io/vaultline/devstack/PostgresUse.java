package io.vaultline.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.devstack.endpoint.CatalogEndpoint;
import io.vaultline.devstack.endpoint.PostgresEndpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the pipeline does with PostgreSQL: changes that a logical slot gives out. */
public final class PostgresUse {
    private PostgresUse() {}

    public static void writes(PostgresEndpoint endpoint) throws SQLException {
        try (Connection connection = connect(endpoint);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_create_logical_replication_slot('devstack', 'pgoutput')");
            statement.execute("CREATE TABLE t(id int PRIMARY KEY, name text)");
            statement.execute("CREATE PUBLICATION p FOR TABLE t");
            statement.execute("INSERT INTO t VALUES (1, 'ä')");
            assertThat(number(statement, changes())).isPositive();
            assertThat(number(statement, "SHOW server_version_num")).isBetween(180_000L, 190_000L);
        }
    }

    public static void finds(PostgresEndpoint endpoint) throws SQLException {
        try (Connection connection = connect(endpoint);
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "SELECT count(*) FROM t WHERE name = 'ä'"))
                    .isEqualTo(1);
            assertThat(number(statement, changes())).isPositive();
        }
    }

    public static void catalogIsApart(CatalogEndpoint endpoint) throws SQLException {
        try (Connection connection = DriverManager.getConnection(endpoint.uri(), endpoint.user(), endpoint.password());
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .isZero();
        }
    }

    private static Connection connect(PostgresEndpoint endpoint) throws SQLException {
        return DriverManager.getConnection(endpoint.jdbcUrl(), endpoint.user(), endpoint.password());
    }

    private static String changes() {
        return "SELECT count(*) FROM pg_logical_slot_peek_binary_changes('devstack', NULL, NULL,"
                + " 'proto_version', '1', 'publication_names', 'p')";
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }
}
