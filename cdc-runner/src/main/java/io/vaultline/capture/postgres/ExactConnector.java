package io.vaultline.capture.postgres;

import io.debezium.connector.postgresql.PostgresConnector;
import org.apache.kafka.connect.connector.Task;

/** The connector, but with values as PostgreSQL wrote them. Public, since the engine makes it by name. */
public final class ExactConnector extends PostgresConnector {
    @Override
    public Class<? extends Task> taskClass() {
        return ExactConnectorTask.class;
    }
}
