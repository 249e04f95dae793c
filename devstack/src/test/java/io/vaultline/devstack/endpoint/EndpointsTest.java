package io.vaultline.devstack.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.devstack.report.DevstackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
    private static final List<Endpoint> ALL = List.of(
            new CatalogEndpoint("jdbc:postgresql://127.0.0.1:1/iceberg_catalog", "postgres", "pw1"),
            new PostgresEndpoint("jdbc:postgresql://127.0.0.1:1/app", "postgres", "pw2"),
            new MongoEndpoint("mongodb://127.0.0.1:2/?replicaSet=rs0"),
            new KafkaEndpoint("127.0.0.1:3"),
            new ClickHouseEndpoint("http://127.0.0.1:4", "vaultline", "pw3"),
            new S3Endpoint("http://127.0.0.1:5", "access", "pw4", "lake"));

    @TempDir
    private Path folder;

    @Test
    void theFileHasOnePlainLineForEachValue() throws IOException {
        Path file = folder.resolve("new/endpoints.properties");

        new Endpoints(ALL).write(file);

        assertThat(file).hasContent("""
                        postgres.jdbc.url=jdbc:postgresql://127.0.0.1:1/app
                        postgres.user=postgres
                        postgres.password=pw2
                        mongodb.uri=mongodb://127.0.0.1:2/?replicaSet=rs0
                        kafka.bootstrap.servers=127.0.0.1:3
                        clickhouse.http.url=http://127.0.0.1:4
                        clickhouse.user=vaultline
                        clickhouse.password=pw3
                        s3.endpoint=http://127.0.0.1:5
                        s3.access-key=access
                        s3.secret-key=pw4
                        s3.bucket=lake
                        iceberg.catalog.uri=jdbc:postgresql://127.0.0.1:1/iceberg_catalog
                        iceberg.catalog.user=postgres
                        iceberg.catalog.password=pw1
                        """);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.resolve("new")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatIsWrittenIsUnderstoodAsEndpointsOfOwnServers() {
        Endpoints endpoints = new Endpoints(ALL);

        assertThat(ExternalEndpoints.of(endpoints.toProperties()).and(List.of()))
                .isEqualTo(endpoints);
    }

    @Test
    void noPasswordIsShown() {
        assertThat(new Endpoints(ALL).toString()).doesNotContain("pw");
        assertThat(new MongoEndpoint("mongodb://me:pw@host/").toString()).doesNotContain("pw");
    }

    @Test
    void anEndpointWhoseServerIsNotPartOfTheStackIsRefused() {
        assertThatThrownBy(() -> new Endpoints(List.of()).kafka())
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("KafkaEndpoint");
    }

    @Test
    void aServerOfTheUserTakesThePlaceOfOneThatIsStarted() {
        ExternalEndpoints external = ExternalEndpoints.of(Map.of("kafka.bootstrap.servers", "broker:9092"));

        assertThat(external.replaces(ServerKind.KAFKA)).isTrue();
        assertThat(external.replaces(ServerKind.POSTGRES)).isFalse();
        assertThat(external.and(ALL).kafka().bootstrapServers()).isEqualTo("broker:9092");
    }

    @Test
    void aCatalogOfTheUserLeavesTheSourceDatabaseToBeStarted() {
        ExternalEndpoints external = ExternalEndpoints.of(Map.of(
                "iceberg.catalog.uri", "jdbc:postgresql://db/c",
                "iceberg.catalog.user", "u",
                "iceberg.catalog.password", "p"));

        assertThat(external.replaces(ServerKind.POSTGRES)).isFalse();
        assertThat(external.and(ALL).catalog().uri()).isEqualTo("jdbc:postgresql://db/c");
    }

    @Test
    void halfOfAServicesKeysAreRefusedWithTheMissingOnesNamed() {
        Map<String, String> values = new HashMap<>(new Endpoints(ALL).toProperties());
        values.remove("s3.bucket");

        assertThatThrownBy(() -> ExternalEndpoints.of(values))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("without s3.bucket");
    }

    @Test
    void aSourceDatabaseOfTheUserNeedsACatalogOfTheUserToo() {
        Map<String, String> values =
                Map.of("postgres.jdbc.url", "jdbc:postgresql://db/app", "postgres.user", "u", "postgres.password", "p");

        assertThatThrownBy(() -> ExternalEndpoints.of(values))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("iceberg.catalog.uri");
    }
}
