package io.vaultline.demo;

import io.vaultline.devstack.endpoint.Endpoints;
import java.util.List;
import java.util.Map;

/** Tells a person how to look around in the running demonstration, without showing a password. */
final class KeepGuide {
    private KeepGuide() {}

    static List<String> lines(Endpoints endpoints, PipelineFiles files, PipelineProcess process) {
        Map<String, String> at = endpoints.toProperties();
        String text = """

                Everything stays up until Ctrl-C. Passwords are in %s under the names in brackets.
                  PostgreSQL   psql "%s" -c 'TABLE shop.sellers'   [postgres.password]
                  MongoDB      mongosh "%s"   then: use shop
                  ClickHouse   curl -u %s:PASSWORD %s --data 'SELECT * FROM vault.sellers_current'   [clickhouse.password]
                  S3           %s, bucket %s   [s3.access-key, s3.secret-key]
                  Iceberg      catalog %s, user %s   [iceberg.catalog.password]
                  pipeline     process %d, http://127.0.0.1:%d/status, log %s
                Change something, then compare again:
                  java -jar cdc-runner.jar verify --config %s""".formatted(
                        files.endpoints(),
                        value(at, "postgres.jdbc.url")
                                .replace("jdbc:postgresql://", "postgresql://" + value(at, "postgres.user") + "@"),
                        value(at, "mongodb.uri"),
                        value(at, "clickhouse.user"),
                        value(at, "clickhouse.http.url"),
                        value(at, "s3.endpoint"),
                        value(at, "s3.bucket"),
                        value(at, "iceberg.catalog.uri"),
                        value(at, "iceberg.catalog.user"),
                        process.pid(),
                        files.httpPort(),
                        process.log(),
                        files.config());
        return text.lines().toList();
    }

    private static String value(Map<String, String> at, String name) {
        return at.getOrDefault(name, "?");
    }
}
