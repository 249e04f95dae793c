package io.vaultline.devstack.container;

import io.vaultline.devstack.endpoint.ServerKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The images that servers are started from. An image of another name must behave as the official one does: read the same
 * environment variables, and keep its data in the same place.
 *
 * @param names name and tag by server; the official ones where none is given
 */
public record ContainerImages(Map<ServerKind, String> names) {
    private static final Map<ServerKind, String> OFFICIAL = Map.of(
            ServerKind.POSTGRES, "postgres:18",
            ServerKind.MONGODB, "mongo:6",
            ServerKind.KAFKA, "apache/kafka:4.3.0",
            ServerKind.CLICKHOUSE, "clickhouse/clickhouse-server:26.7",
            ServerKind.S3, "minio/minio");

    public ContainerImages {
        Map<ServerKind, String> all = new EnumMap<>(OFFICIAL);
        all.putAll(names);
        names = Map.copyOf(all);
    }

    /** The official images. */
    public static ContainerImages official() {
        return new ContainerImages(Map.of());
    }

    /** The image of this server. */
    String of(ServerKind kind) {
        return Objects.requireNonNull(names.get(kind));
    }
}
