package io.vaultline.devstack.server;

import io.vaultline.devstack.endpoint.CatalogEndpoint;
import io.vaultline.devstack.endpoint.Endpoint;
import io.vaultline.devstack.endpoint.PostgresEndpoint;
import io.vaultline.devstack.process.StackDirectory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * PostgreSQL with logical decoding: the database of the source, and beside it that of Iceberg's catalog.
 *
 * @param port port on the loopback address
 * @param password password of the superuser
 */
public record PostgresService(int port, String password) implements Service {
    /** The superuser. */
    public static final String USER = "postgres";

    private static final String SOURCE = "app";
    private static final String CATALOG = "iceberg_catalog";

    /** A service with the port and the password that belong to the directory. */
    public static PostgresService of(StackDirectory directory) {
        return new PostgresService(directory.port("postgres"), directory.secret("postgres.password"));
    }

    /** Options of the server: replication by logical decoding, and little memory. */
    public static List<String> options() {
        return Stream.of(
                        "wal_level=logical",
                        "max_replication_slots=32",
                        "max_wal_senders=32",
                        "max_connections=200",
                        "shared_buffers=128MB",
                        "max_wal_size=512MB",
                        "password_encryption=scram-sha-256")
                .flatMap(setting -> Stream.of("-c", setting))
                .toList();
    }

    @Override
    public boolean answers(ServerLog log) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", password);
        try (Connection connection = DriverManager.getConnection(url("postgres"), login)) {
            for (String database : List.of(SOURCE, CATALOG)) {
                create(connection, database);
            }
            return true;
        }
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                new PostgresEndpoint(url(SOURCE), USER, password), new CatalogEndpoint(url(CATALOG), USER, password));
    }

    @Override
    public String toString() {
        return "PostgresService[" + port + "]";
    }

    private static void create(Connection connection, String database) throws SQLException {
        try (PreparedStatement look = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                Statement create = connection.createStatement()) {
            look.setString(1, database);
            if (!look.executeQuery().next()) {
                create.execute("CREATE DATABASE " + database);
            }
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://" + StackDirectory.LOOPBACK + ":" + port + "/" + database;
    }
}
