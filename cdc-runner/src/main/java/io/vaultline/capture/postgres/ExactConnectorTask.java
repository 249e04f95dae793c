package io.vaultline.capture.postgres;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import java.sql.SQLException;

/** The task of {@link ExactConnector}. Public, since the engine makes it by name. */
public final class ExactConnectorTask extends PostgresConnectorTask {
    @Override
    protected ReplicationConnection buildReplicationConnection(
            PostgresConnection connection, PostgresSchema schema, PostgresConnectorConfig config) throws SQLException {
        return new WrittenValues(super.buildReplicationConnection(connection, schema, config));
    }
}
