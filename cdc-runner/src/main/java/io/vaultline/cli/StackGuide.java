package io.vaultline.cli;

import io.vaultline.config.StackEndpoints;
import java.nio.file.Path;

/** Tells a person how to use the running servers, without showing a password. */
final class StackGuide {
    private StackGuide() {}

    static String text(StackEndpoints at, Path endpoints, Path config) {
        return """

                All servers answer. Passwords are in %s under the names in brackets.
                  PostgreSQL       psql "%s"  [postgres.password]
                  MongoDB          mongosh "%s"
                  Kafka            %s
                  ClickHouse       %s  user %s  [clickhouse.password]
                  S3               %s  bucket %s  [s3.access-key, s3.secret-key]
                  Iceberg catalog  %s  user %s  [iceberg.catalog.password]

                Start the pipeline in another terminal:
                  java -jar cdc-runner.jar run --config %s
                Ctrl-C stops the servers and keeps their data.
                """.formatted(
                        endpoints,
                        psqlUrl(at),
                        at.get("mongodb.uri"),
                        at.get("kafka.bootstrap.servers"),
                        at.get("clickhouse.http.url"),
                        at.get("clickhouse.user"),
                        at.get("s3.endpoint"),
                        at.get("s3.bucket"),
                        at.get("iceberg.catalog.uri"),
                        at.get("iceberg.catalog.user"),
                        config);
    }

    private static String psqlUrl(StackEndpoints at) {
        return at.get("postgres.jdbc.url")
                .replace("jdbc:postgresql://", "postgresql://" + at.get("postgres.user") + "@");
    }
}
