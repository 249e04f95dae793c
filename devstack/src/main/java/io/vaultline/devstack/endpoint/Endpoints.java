package io.vaultline.devstack.endpoint;

import io.vaultline.devstack.report.DevstackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The endpoints of a stack. A stack of some servers only has no endpoint of the others, and asking for one fails.
 *
 * @param all one for each service, in a fixed order
 */
public record Endpoints(List<Endpoint> all) {
    private static final List<Class<? extends Endpoint>> ORDER = List.of(
            PostgresEndpoint.class,
            MongoEndpoint.class,
            KafkaEndpoint.class,
            ClickHouseEndpoint.class,
            S3Endpoint.class,
            CatalogEndpoint.class);

    public Endpoints {
        all = all.stream()
                .sorted(Comparator.comparingInt((Endpoint e) -> ORDER.indexOf(e.getClass())))
                .toList();
    }

    /** The source database in PostgreSQL. */
    public PostgresEndpoint postgres() {
        return only(PostgresEndpoint.class);
    }

    /** The database of Iceberg's catalog. */
    public CatalogEndpoint catalog() {
        return only(CatalogEndpoint.class);
    }

    /** MongoDB. */
    public MongoEndpoint mongodb() {
        return only(MongoEndpoint.class);
    }

    /** Kafka. */
    public KafkaEndpoint kafka() {
        return only(KafkaEndpoint.class);
    }

    /** ClickHouse. */
    public ClickHouseEndpoint clickhouse() {
        return only(ClickHouseEndpoint.class);
    }

    /** S3. */
    public S3Endpoint s3() {
        return only(S3Endpoint.class);
    }

    /** Every key and value, passwords included. */
    public Map<String, String> toProperties() {
        Map<String, String> values = new LinkedHashMap<>();
        all.forEach(endpoint -> values.putAll(endpoint.toProperties()));
        return values;
    }

    /**
     * Writes the file of lines {@code key=value}, without any escape, readable by its owner only. It appears in one
     * piece, so that somebody who waits for it never reads half of it.
     *
     * @throws DevstackException if it can't be written
     */
    public void write(Path file) {
        StringBuilder text = new StringBuilder();
        toProperties()
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        Path target = file.toAbsolutePath();
        try {
            Path folder = Files.createDirectories(target.resolveSibling("").normalize());
            Path part = Files.createTempFile(
                    folder,
                    "." + target.getFileName(),
                    ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(part, text);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DevstackException(
                    "The endpoints can't be written: " + e, target.toString(), "give a file in a writable folder", e);
        }
    }

    private <E extends Endpoint> E only(Class<E> type) {
        return all.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new DevstackException(
                        "This stack has no " + type.getSimpleName(),
                        "servers started: "
                                + all.stream().map(Endpoint::kind).distinct().toList(),
                        "name its server when the stack is built"));
    }
}
