package io.vaultline.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.report.DevstackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack as its users see it. */
class DevstackIT {
    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void chooseADirectoryThatNeedsEscapes() {
        directory = temporary.resolve("this & that");
    }

    @Test
    void everyServerWorksAndKeepsItsDataUntilTheNextStart() throws Exception {
        try (Devstack stack = Devstack.builder().directory(directory).start()) {
            PostgresUse.writes(stack.endpoints().postgres());
            PostgresUse.catalogIsApart(stack.endpoints().catalog());
            MongoUse.writes(stack.endpoints().mongodb());
            KafkaUse.writes(stack.endpoints().kafka());
            ClickHouseUse.writes(stack.endpoints().clickhouse());
            S3Use.writes(stack.endpoints().s3());
            assertOnlyTheOwnerReads(List.of("secrets.properties", "s3/s3proxy.conf", "clickhouse/users.xml"));
            assertNoLogHoldsAPassword(stack);
            assertThatThrownBy(() -> Devstack.builder().directory(directory).start())
                    .isInstanceOf(DevstackException.class)
                    .hasMessageContaining("Another devstack runs in this directory");
        }
        long begin = System.nanoTime();
        try (Devstack stack = Devstack.builder().directory(directory).start()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
            PostgresUse.finds(stack.endpoints().postgres());
            MongoUse.finds(stack.endpoints().mongodb());
            KafkaUse.finds(stack.endpoints().kafka());
            ClickHouseUse.finds(stack.endpoints().clickhouse());
            S3Use.finds(stack.endpoints().s3());
        }
    }

    @Test
    void aServerThatDoesNotStartIsReportedWithItsLogAndTakesTheOthersWithIt() throws Exception {
        Files.createDirectories(directory.resolve("postgres/data"));

        assertThatThrownBy(() -> Devstack.builder()
                        .directory(directory)
                        .servers(EnumSet.of(ServerKind.POSTGRES, ServerKind.MONGODB))
                        .start())
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("postgres ended with exit code")
                .hasMessageContaining(directory.resolve("logs/postgres.log").toString());

        assertThat(ServerProcesses.below(directory)).isEmpty();
    }

    @Test
    void serversGoOnAfterTheirPortsWereTaken() throws Exception {
        EnumSet<ServerKind> servers = EnumSet.of(ServerKind.MONGODB, ServerKind.KAFKA);
        List<TakenPort> taken;
        try (Devstack stack =
                Devstack.builder().directory(directory).servers(servers).start()) {
            MongoUse.writes(stack.endpoints().mongodb());
            KafkaUse.writes(stack.endpoints().kafka());
        }
        taken = TakenPort.all(directory.resolve("ports.properties"));
        try (Devstack stack =
                Devstack.builder().directory(directory).servers(servers).start()) {
            MongoUse.finds(stack.endpoints().mongodb());
            KafkaUse.finds(stack.endpoints().kafka());
            assertThat(stack.endpoints().toProperties().values())
                    .noneMatch(value -> taken.stream().anyMatch(port -> value.contains(":" + port.number())));
        } finally {
            taken.forEach(TakenPort::close);
        }
    }

    private void assertOnlyTheOwnerReads(List<String> files) throws Exception {
        for (String file : files) {
            assertThat(Files.getPosixFilePermissions(directory.resolve(file)))
                    .as(file)
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    private void assertNoLogHoldsAPassword(Devstack stack) throws Exception {
        List<String> secrets = List.of(
                stack.endpoints().postgres().password(),
                stack.endpoints().clickhouse().password(),
                stack.endpoints().s3().secretKey());
        try (Stream<Path> logs = Files.list(directory.resolve("logs"))) {
            for (Path log : logs.toList()) {
                assertThat(Files.readString(log)).as(log.toString()).doesNotContain(secrets);
            }
        }
        assertThat(ServerProcesses.below(directory))
                .isNotEmpty()
                .noneMatch(commandLine -> secrets.stream().anyMatch(commandLine::contains));
    }
}
