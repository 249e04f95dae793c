package io.vaultline.devstack.container;

import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.server.ClickHouseService;
import io.vaultline.devstack.server.KafkaService;
import io.vaultline.devstack.server.MongoService;
import io.vaultline.devstack.server.PostgresService;
import io.vaultline.devstack.server.S3Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the official images need to become the servers of a stack.
 *
 * <p>MongoDB and Kafka tell their clients their own address, so they listen on the same port in the container as outside.
 */
final class Recipes {
    private final StackDirectory directory;

    Recipes(StackDirectory directory) {
        this.directory = directory;
    }

    Recipe of(ServerKind kind) {
        return switch (kind) {
            case POSTGRES -> postgres();
            case MONGODB -> mongodb();
            case KAFKA -> kafka();
            case CLICKHOUSE -> clickhouse();
            case S3 -> s3();
        };
    }

    private Recipe postgres() {
        PostgresService service = PostgresService.of(directory);
        List<String> command = new ArrayList<>(List.of("postgres"));
        command.addAll(PostgresService.options());
        return new Recipe(
                ServerKind.POSTGRES,
                service,
                Map.of("POSTGRES_PASSWORD", service.password()),
                List.of(),
                command,
                Map.of(service.port(), 5432),
                "/var/lib/postgresql");
    }

    private Recipe mongodb() {
        int port = directory.port("mongodb");
        List<String> command = new ArrayList<>(List.of("mongod", "--bind_ip_all", "--port", Integer.toString(port)));
        command.addAll(MongoService.options());
        return new Recipe(
                ServerKind.MONGODB,
                new MongoService(port),
                Map.of(),
                List.of(),
                command,
                Map.of(port, port),
                "/data/db");
    }

    private Recipe kafka() {
        int port = directory.port("kafka");
        int controller = port + 1;
        Map<String, String> environment = Map.ofEntries(
                Map.entry("KAFKA_NODE_ID", "1"),
                Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                Map.entry("KAFKA_LISTENERS", "PLAINTEXT://0.0.0.0:" + port + ",CONTROLLER://localhost:" + controller),
                Map.entry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://" + StackDirectory.LOOPBACK + ":" + port),
                Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                Map.entry("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:" + controller),
                Map.entry("KAFKA_LOG_DIRS", "/var/lib/kafka/data"),
                Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1"),
                Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
                Map.entry("KAFKA_LOG_CLEANER_DEDUPE_BUFFER_SIZE", "16777216"),
                Map.entry("KAFKA_HEAP_OPTS", "-Xmx384m"));
        return new Recipe(
                ServerKind.KAFKA,
                new KafkaService(port),
                environment,
                List.of(),
                List.of(),
                Map.of(port, port),
                "/var/lib/kafka/data");
    }

    private Recipe clickhouse() {
        ClickHouseService service = ClickHouseService.of(directory);
        return new Recipe(
                ServerKind.CLICKHOUSE,
                service,
                Map.of(
                        "CLICKHOUSE_USER",
                        ClickHouseService.USER,
                        "CLICKHOUSE_PASSWORD",
                        service.password(),
                        "CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT",
                        "1"),
                List.of(),
                List.of(),
                Map.of(service.port(), 8123, directory.port("clickhouse.native"), 9000),
                "/var/lib/clickhouse");
    }

    /** MinIO takes a folder below its data for a bucket. */
    private Recipe s3() {
        S3Service service = S3Service.of(directory);
        return new Recipe(
                ServerKind.S3,
                service,
                Map.of("MINIO_ROOT_USER", service.accessKey(), "MINIO_ROOT_PASSWORD", service.secretKey()),
                List.of("sh", "-c"),
                List.of("mkdir -p /data/" + S3Service.BUCKET + " && exec minio server /data"),
                Map.of(service.port(), 9000),
                "/data");
    }
}
