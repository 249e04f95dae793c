package io.vaultline.capture.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * How PostgreSQL is told to write values. The snapshot and the stream read in sessions with the same settings, whatever
 * the server, the role or this machine prefer, so that the same value has the same text, today and after a restart
 * elsewhere.
 */
final class SessionSettings {
    private static final List<String> COMMANDS = List.of(
            "SET DateStyle = 'ISO, MDY'",
            "SET IntervalStyle = 'iso_8601'",
            "SET TimeZone = 'UTC'",
            "SET extra_float_digits = 1",
            "SET bytea_output = 'hex'",
            "SET xmloption = 'content'",
            "SET lc_monetary = 'C'",
            // names of objects, as regclass writes them, come with their schema
            "SET search_path = ''");

    private SessionSettings() {}

    /** Applies them to a session, also one for replication. */
    static void apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : COMMANDS) {
                statement.execute(command);
            }
        }
    }
}
