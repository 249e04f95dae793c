package io.vaultline.iceberg.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vaultline.config.LakeConfig;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is told whose lake can't be used. */
class LakeIT {
    private static final Duration SOON = Duration.ofSeconds(1);

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static Devstack stack;

    @BeforeAll
    static void start() {
        stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.POSTGRES, ServerKind.S3))
                .start();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aLakeAsConfiguredOpensAndHasItsNamespace() {
        try (LakeCatalog lake = LakeCatalog.open(TestLake.config(stack.endpoints(), SOON));
                LakeCatalog again = LakeCatalog.open(TestLake.config(stack.endpoints(), SOON))) {
            assertThat(lake.catalog().listTables(lake.namespace())).isEmpty();
            assertThat(again.catalog().listTables(again.namespace())).isEmpty();
        }
    }

    @Test
    void aMissingBucketIsNamedWithTheWayToCreateIt() {
        PipelineException failure = failure(Map.of("warehouse", "s3a://no-such-bucket/history"), Map.of());

        assertThat(failure.code()).isEqualTo(ErrorCode.LAKE_REFUSES);
        assertThat(failure.what()).contains("bucket does not exist");
        assertThat(failure.where()).contains("s3a://no-such-bucket");
        assertThat(failure.remedy()).contains("aws s3 mb");
    }

    @Test
    void wrongKeysAreSaidToBeWrongAndNotShown() {
        PipelineException failure = failure(Map.of(), Map.of("fs.s3a.secret.key", "guessed-secret"));

        assertThat(failure.code()).isEqualTo(ErrorCode.LAKE_REFUSES);
        assertThat(failure.what()).contains("access keys");
        assertThat(failure.toString()).doesNotContain("guessed-secret");
    }

    @Test
    void aStoreThatDoesNotAnswerIsReportedWithinSeconds() {
        long begin = System.nanoTime();
        PipelineException failure = failure(Map.of(), Map.of("fs.s3a.endpoint", "http://127.0.0.1:1"));

        assertThat(failure.code()).isEqualTo(ErrorCode.LAKE_UNREACHABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aWrongPasswordOfTheCatalogIsSaidToBeWrongAndNotShown() {
        PipelineException failure = failure(Map.of("jdbc.password", "guessed-password"), Map.of());

        assertThat(failure.code()).isEqualTo(ErrorCode.LAKE_REFUSES);
        assertThat(failure.what()).contains("login");
        assertThat(failure.remedy()).contains("jdbc.password");
        assertThat(failure.toString()).doesNotContain("guessed-password");
    }

    @Test
    void aMissingDatabaseOfTheCatalogIsNamed() {
        String uri = stack.endpoints().catalog().uri() + "_missing?ApplicationName=hidden";
        PipelineException failure = failure(Map.of("uri", uri), Map.of());

        assertThat(failure.code()).isEqualTo(ErrorCode.LAKE_REFUSES);
        assertThat(failure.where()).contains("_missing").doesNotContain("hidden");
        assertThat(failure.remedy()).contains("CREATE DATABASE");
    }

    @Test
    void aCatalogThatDoesNotAnswerIsUnreachable() {
        PipelineException failure = failure(Map.of("uri", "jdbc:postgresql://127.0.0.1:1/lake"), Map.of());

        assertThat(failure.code()).isEqualTo(ErrorCode.LAKE_UNREACHABLE);
        assertThat(failure.where()).contains("127.0.0.1:1");
    }

    @Test
    void aWarehouseThatIsNoLocationIsAMistakeInTheConfiguration() {
        PipelineException failure = failure(Map.of("warehouse", "s3a:// no location"), Map.of());

        assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(failure.where()).isEqualTo("lake.catalog-properties.warehouse");
    }

    private static PipelineException failure(Map<String, String> catalog, Map<String, String> hadoop) {
        LakeConfig config = TestLake.config(stack.endpoints(), catalog, hadoop, SOON);
        return catchThrowableOfType(
                PipelineException.class, () -> LakeCatalog.open(config).close());
    }
}
