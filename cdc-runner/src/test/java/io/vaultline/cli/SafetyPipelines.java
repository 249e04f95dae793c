package io.vaultline.cli;

/** The configurations that {@link SafetyIT} runs. */
final class SafetyPipelines {
    static final String COMMON = """
            kafka: { bootstrap-servers: {kafka.bootstrap.servers}, replication-factor: 1 }
            lake:
              namespace: {name}
              catalog-properties:
                uri: {iceberg.catalog.uri}
                jdbc.user: {iceberg.catalog.user}
                jdbc.password: {iceberg.catalog.password}
                warehouse: {warehouse}
                table-default.write.parquet.compression-codec: uncompressed
              s3: { endpoint: {s3.endpoint}, access-key: {s3.access-key}, secret-key: {s3.secret-key} }
              commit-interval: 2s
            http: { port: 0 }
            """;

    static final String BROKEN = """
            pipeline: broken
            sources:
              pg:
                type: postgres
                url: {broken.jdbc.url}
                user: capture
                password: captures
                slot: broken
                publication: broken
              mongo: { type: mongodb, uri: {mongodb.uri}, database: broken }
            clickhouse: { url: {clickhouse.http.url}, user: {clickhouse.user}, password: {clickhouse.password}, vault-database: broken_vault }
            """ + COMMON;

    static final String CANARY = """
            pipeline: masked
            clickhouse:
              url: {clickhouse.http.url}
              user: {clickhouse.user}
              password: {clickhouse.password}
              vault-database: masked_vault
            """ + COMMON + """
            sources:
              mongo:
                type: mongodb
                uri: {mongodb.uri}
                database: canary
                {mongo masks}
              pg:
                type: postgres
                url: {canary.jdbc.url}
                user: {postgres.user}
                password: {postgres.password}
            """;

    static final String MONGO_MASKS = """
            mask-secret: a secret of this test
                mask:
                  canary.orders._id: hash
                  canary.orders.buyer: redact
                  canary.orders.address.street: hash
                  canary.orders.items.note: { truncate: 2 }""".strip();

    static final String MASKS = """
                mask-secret: a secret of this test
                mask:
                  public.people.email: hash
                  public.people.phone: redact
                  public.people.note: { truncate: 2 }
                  public.people.secret: drop
                  public.accounts.email: hash
            """;

    private SafetyPipelines() {}
}
