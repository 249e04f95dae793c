package io.vaultline.clickhouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.clickhouse.wire.RowBinaryWriter;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.config.ClickHouseConfig;
import io.vaultline.config.Secret;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientGatewayIT {
    private static final WireColumn N = new WireColumn("n", new SourceValue(Simple.INT64), false);

    @TempDir
    static Path directory;

    private static Devstack stack;
    private static ClickHouseGateway server;

    @BeforeAll
    static void start() {
        stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.CLICKHOUSE))
                .start();
        server = new ClientGateway(config(url(), password()));
    }

    @AfterAll
    static void stop() {
        server.close();
        stack.close();
    }

    @Test
    void anInsertThatComesAgainCountsOnce() {
        server.execute("CREATE TABLE default.again (n Int64) ENGINE = MergeTree ORDER BY n"
                + " SETTINGS non_replicated_deduplication_window = 100");

        server.insert(block("again", "token", 1, 2));
        server.insert(block("again", "token", 1, 2));

        assertThat(numbers("SELECT n FROM default.again ORDER BY n")).containsExactly(1L, 2L);
    }

    @Test
    void anInsertThatComesAgainCountsOnceInDependentViewsToo() {
        server.execute("CREATE TABLE default.base (n Int64) ENGINE = MergeTree ORDER BY n"
                + " SETTINGS non_replicated_deduplication_window = 100");
        server.execute("CREATE TABLE default.sums (n Int64) ENGINE = SummingMergeTree ORDER BY tuple()"
                + " SETTINGS non_replicated_deduplication_window = 100");
        server.execute("CREATE MATERIALIZED VIEW default.to_sums TO default.sums AS SELECT n FROM default.base");

        server.insert(block("base", "token", 5));
        server.insert(block("base", "token", 5));

        assertThat(numbers("SELECT sum(n) AS n FROM default.sums")).containsExactly(5L);
    }

    @Test
    void aNullNeverBecomesADefault() {
        server.execute("CREATE TABLE default.strict (n Int64 DEFAULT 7) ENGINE = MergeTree ORDER BY n");
        RowBinaryWriter rows = new RowBinaryWriter(List.of(new WireColumn("n", N.type(), true)));
        rows.add((Object) null);

        assertThatThrownBy(() -> server.insert(new InsertBlock("default", "strict", rows, "t")))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLICKHOUSE_REFUSES));
    }

    @Test
    void aWrongPasswordIsNamedAndNotShown() {
        try (ClickHouseGateway stranger = new ClientGateway(config(url(), new Secret("hunter2")))) {
            assertThatThrownBy(() -> stranger.execute("SELECT 1"))
                    .isInstanceOfSatisfying(PipelineException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.CLICKHOUSE_REFUSES);
                        assertThat(e.remedy()).contains("clickhouse.password");
                        assertThat(e.getMessage()).doesNotContain("hunter2");
                    });
        }
    }

    @Test
    void aServerThatIsNotThereIsNamedWithItsAddress() {
        try (ClickHouseGateway nobody = new ClientGateway(config("http://127.0.0.1:1", password()))) {
            assertThatThrownBy(() -> nobody.execute("SELECT 1")).isInstanceOfSatisfying(PipelineException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.CLICKHOUSE_UNREACHABLE);
                assertThat(e.where()).contains("http://127.0.0.1:1");
            });
        }
    }

    @Test
    void aQueryThatFailsHalfWayFails() {
        List<Object> rows = new ArrayList<>();

        assertThatThrownBy(() -> server.query(
                        "SELECT toInt64(number) + throwIf(number = 3000000) AS n FROM numbers(10000000)",
                        List.of(N),
                        rows::add))
                .isInstanceOf(PipelineException.class);
        assertThat(rows).as("it had begun").isNotEmpty();
    }

    @Test
    void aStatementThatIsWrongIsRefusedWithTheServersReason() {
        assertThatThrownBy(() -> server.execute("CREATE TABLE default.odd (n Int64) ENGINE = NoSuchEngine"))
                .isInstanceOfSatisfying(PipelineException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CLICKHOUSE_REFUSES);
                    assertThat(e.what()).contains("NoSuchEngine");
                });
    }

    private static InsertBlock block(String table, String token, long... numbers) {
        RowBinaryWriter rows = new RowBinaryWriter(List.of(N));
        for (long number : numbers) {
            rows.add(number);
        }
        return new InsertBlock("default", table, rows, token);
    }

    private static List<Object> numbers(String query) {
        List<Object> numbers = new ArrayList<>();
        server.query(query, List.of(N), row -> numbers.add(row[0]));
        return numbers;
    }

    private static String url() {
        return stack.endpoints().clickhouse().httpUrl();
    }

    private static Secret password() {
        return new Secret(stack.endpoints().clickhouse().password());
    }

    private static ClickHouseConfig config(String url, Secret password) {
        String user = stack.endpoints().clickhouse().user();
        return new ClickHouseConfig(url, user, password, "vault", Duration.ofSeconds(1), 1000);
    }
}
