package io.vaultline.capture.postgres;

import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections to one PostgreSQL database. */
final class PostgresConnections {
    private static final Set<String> ADDRESS = Set.of("PGHOST", "PGPORT", "PGDBNAME");

    private final SourceConfig.Postgres config;
    private final Properties url;

    PostgresConnections(SourceConfig.Postgres config) {
        this.config = config;
        Properties parsed = Driver.parseURL(config.jdbcUrl(), new Properties());
        if (parsed == null) {
            throw new PipelineException(
                    ErrorCode.CONFIG_INVALID,
                    "This is no address of a PostgreSQL database",
                    "sources." + config.name() + ".jdbc-url",
                    "Write it as jdbc:postgresql://host:port/database.");
        }
        this.url = parsed;
    }

    /** {@code host:port/database}, for messages. */
    String address() {
        return part("PGHOST") + ":" + part("PGPORT") + "/" + part("PGDBNAME");
    }

    /** A connection for queries, with {@link SessionSettings}. The caller closes it. */
    Connection open() throws SQLException {
        Connection connection = connect(common());
        try {
            SessionSettings.apply(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection that takes replication commands. The caller closes it. */
    Connection openReplication() throws SQLException {
        Properties properties = common();
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "10");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return connect(properties);
    }

    /** Without the {@link java.sql.DriverManager}, which would load the drivers of all databases first. */
    private Connection connect(Properties properties) throws SQLException {
        return Objects.requireNonNull(new Driver().connect(config.jdbcUrl(), properties), "the address was checked");
    }

    /** The same address and credentials in the connector's words. */
    Map<String, String> connectorSettings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("database.hostname", part("PGHOST"));
        settings.put("database.port", part("PGPORT"));
        settings.put("database.dbname", part("PGDBNAME"));
        settings.put("database.user", config.user());
        settings.put("database.password", config.password().reveal());
        for (String name : url.stringPropertyNames()) {
            if (!ADDRESS.contains(name)) {
                settings.put("driver." + name, url.getProperty(name));
            }
        }
        settings.putIfAbsent("driver." + PGProperty.SOCKET_FACTORY.getName(), GuardedSockets.class.getName());
        return settings;
    }

    private String part(String name) {
        return Objects.requireNonNullElse(url.getProperty(name), "");
    }

    private Properties common() {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, config.user());
        PGProperty.PASSWORD.set(properties, config.password().reveal());
        PGProperty.APPLICATION_NAME.set(properties, "vaultline capture " + config.name());
        PGProperty.CONNECT_TIMEOUT.set(properties, 10);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        if (PGProperty.SOCKET_FACTORY.getOrDefault(url) == null) {
            PGProperty.SOCKET_FACTORY.set(properties, GuardedSockets.class.getName());
        }
        return properties;
    }
}
