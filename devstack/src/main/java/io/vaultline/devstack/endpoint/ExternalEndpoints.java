package io.vaultline.devstack.endpoint;

import io.vaultline.devstack.report.DevstackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Endpoints of servers that the user runs, read from the same keys as those of an endpoints file. */
public final class ExternalEndpoints {
    private final List<Endpoint> given;

    private ExternalEndpoints(List<Endpoint> given) {
        this.given = List.copyOf(given);
    }

    /**
     * Reads what is given; unknown keys are left alone.
     *
     * @throws DevstackException if a service has some of its keys, but not all
     */
    public static ExternalEndpoints of(Map<String, String> values) {
        List<Endpoint> given = new ArrayList<>();
        Reader reader = new Reader(values);
        reader.read(v -> new PostgresEndpoint(v.get(0), v.get(1), v.get(2)), POSTGRES)
                .ifPresent(given::add);
        reader.read(v -> new CatalogEndpoint(v.get(0), v.get(1), v.get(2)), CATALOG)
                .ifPresent(given::add);
        reader.read(v -> new MongoEndpoint(v.get(0)), MONGODB).ifPresent(given::add);
        reader.read(v -> new KafkaEndpoint(v.get(0)), KAFKA).ifPresent(given::add);
        reader.read(v -> new ClickHouseEndpoint(v.get(0), v.get(1), v.get(2)), CLICKHOUSE)
                .ifPresent(given::add);
        reader.read(v -> new S3Endpoint(v.get(0), v.get(1), v.get(2), v.get(3)), S3)
                .ifPresent(given::add);
        ExternalEndpoints endpoints = new ExternalEndpoints(given);
        endpoints.refuseDatabaseWithoutCatalog();
        return endpoints;
    }

    private static final List<String> POSTGRES = List.of("postgres.jdbc.url", "postgres.user", "postgres.password");
    private static final List<String> CATALOG =
            List.of("iceberg.catalog.uri", "iceberg.catalog.user", "iceberg.catalog.password");
    private static final List<String> MONGODB = List.of("mongodb.uri");
    private static final List<String> KAFKA = List.of("kafka.bootstrap.servers");
    private static final List<String> CLICKHOUSE =
            List.of("clickhouse.http.url", "clickhouse.user", "clickhouse.password");
    private static final List<String> S3 = List.of("s3.endpoint", "s3.access-key", "s3.secret-key", "s3.bucket");

    /** What the user gave. */
    public List<Endpoint> all() {
        return given;
    }

    /** Whether the user's own server takes the place of this one, so that it is not started. */
    public boolean replaces(ServerKind kind) {
        return given.stream().anyMatch(e -> e.kind() == kind && !(e instanceof CatalogEndpoint));
    }

    /** The user's endpoints, and those that were started unless the user gave the same service. */
    public Endpoints and(List<Endpoint> started) {
        List<Endpoint> all = new ArrayList<>(given);
        started.stream()
                .filter(s -> given.stream().noneMatch(g -> g.getClass() == s.getClass()))
                .forEach(all::add);
        return new Endpoints(all);
    }

    private void refuseDatabaseWithoutCatalog() {
        if (replaces(ServerKind.POSTGRES) && given.stream().noneMatch(CatalogEndpoint.class::isInstance)) {
            throw incomplete(List.of("postgres.jdbc.url"), CATALOG);
        }
    }

    private static DevstackException incomplete(List<String> present, List<String> absent) {
        return new DevstackException(
                "Endpoints are given in part: " + String.join(", ", present) + " without " + String.join(", ", absent),
                "endpoints of your own servers",
                "give all of them, or none to have the server started here");
    }

    /** Takes all keys of a service, or none. */
    private record Reader(Map<String, String> values) {
        Optional<Endpoint> read(Function<List<String>, Endpoint> make, List<String> keys) {
            List<String> present = keys.stream().filter(values::containsKey).toList();
            if (present.isEmpty()) {
                return Optional.empty();
            }
            if (present.size() < keys.size()) {
                throw incomplete(
                        present, keys.stream().filter(k -> !present.contains(k)).toList());
            }
            return Optional.of(make.apply(keys.stream()
                    .map(key -> values.getOrDefault(key, "").strip())
                    .toList()));
        }
    }
}
