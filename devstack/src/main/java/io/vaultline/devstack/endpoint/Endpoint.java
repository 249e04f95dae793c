package io.vaultline.devstack.endpoint;

import java.util.Map;

/** How one service is reached. Passwords are left out of {@code toString}. */
public sealed interface Endpoint
        permits PostgresEndpoint, CatalogEndpoint, MongoEndpoint, KafkaEndpoint, ClickHouseEndpoint, S3Endpoint {
    /** The server that offers the service. */
    ServerKind kind();

    /** The keys and values that stand for it in an endpoints file, in their usual order. */
    Map<String, String> toProperties();
}
