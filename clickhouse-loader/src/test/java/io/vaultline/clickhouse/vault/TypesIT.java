package io.vaultline.clickhouse.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.clickhouse.load.RowBuffers;
import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Infinity;
import io.vaultline.event.Row;
import io.vaultline.vault.VaultMapper;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of every type comes back out of the vault as it went in, and what can't is refused. */
class TypesIT {
    private static final long MICROS_OF_A_DAY = 86_400_000_000L;
    private static final int FIRST_DAY = (int) LocalDate.of(1900, 1, 1).toEpochDay();
    private static final int LAST_DAY = (int) LocalDate.of(2299, 12, 31).toEpochDay();
    private static final long BEFORE_CHRIST = -63_600_000_000_000_000L;
    private static final long LAST_MICRO = (LAST_DAY + 1) * MICROS_OF_A_DAY - 1;

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
        server = VaultFixture.gateway(stack);
    }

    @AfterAll
    static void stop() {
        server.close();
        stack.close();
    }

    static Stream<Arguments> values() {
        String nines = "9".repeat(38);
        return Stream.of(
                of(Simple.BOOLEAN, true, false),
                of(Simple.INT16, (int) Short.MIN_VALUE, (int) Short.MAX_VALUE, 0, -1),
                of(Simple.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
                of(Simple.INT64, Long.MIN_VALUE, Long.MAX_VALUE, 0L),
                of(Simple.FLOAT32, Float.MIN_VALUE, -Float.MAX_VALUE, Float.NaN, Float.POSITIVE_INFINITY, -0.0f, 0.1f),
                of(Simple.FLOAT64, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 0.1),
                of(Simple.NUMERIC, "0", "-" + nines + nines + ".000001", "NaN", "Infinity", "-Infinity", "1.50"),
                of(Simple.TEXT, "", " ", "NULL", "\\N", "ä€\uD83D\uDE00\u0000'`\n\t", "x".repeat(300_000)),
                of(Simple.BYTES, new byte[0], new byte[] {0, -1, 127, -128, (byte) 0xC3, 0x28}),
                of(Simple.DATE, 0, -1, FIRST_DAY, LAST_DAY, -735_000, 2_000_000, Infinity.DATE, Infinity.MINUS_DATE),
                of(Simple.TIME, 0L, 1L, MICROS_OF_A_DAY - 1, MICROS_OF_A_DAY),
                of(Simple.TIMESTAMP, 0L, -1L, LAST_MICRO, 1_700_000_000_123_456L, BEFORE_CHRIST, Infinity.TIMESTAMP),
                of(Simple.TIMESTAMP_TZ, 0L, -1L, LAST_MICRO, BEFORE_CHRIST, Infinity.MINUS_TIMESTAMP),
                of(
                        Simple.UUID,
                        new UUID(0, 0),
                        new UUID(-1, -1),
                        UUID.fromString("12345678-9abc-def0-1234-56789abcdef0")),
                of(Simple.JSON, "{}", "null", "{\"b\": [1, 2.0], \"a\": \"\\u0000\"}"),
                of(
                        new Decimal(9, 2),
                        new BigDecimal("9999999.99"),
                        new BigDecimal("-9999999.99"),
                        new BigDecimal("0.00")),
                of(new Decimal(10, 0), new BigDecimal("9999999999"), new BigDecimal("-9999999999")),
                of(new Decimal(18, 18), new BigDecimal("-0.999999999999999999")),
                of(new Decimal(19, 3), new BigDecimal("9999999999999999.999"), new BigDecimal("-0.001")),
                of(new Decimal(38, 0), new BigDecimal(nines), new BigDecimal("-" + nines), new BigDecimal("1")),
                of(new Decimal(38, 10), new BigDecimal("-18446744073709551616.0000000001")));
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                of(Simple.TIME, 3_600_000_000_000L),
                of(Simple.TIME, -3_600_000_000_000L),
                of(new Decimal(5, 2), new BigDecimal("1000.00")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyValueComesBackEqual(DataType type, Object[] values) {
        CollectionSchema keyed = schema("keyed", type, List.of("id"));
        CollectionSchema keyless = schema("keyless", type, List.of());
        VaultFixture vault = new VaultFixture(server, database(type), keyed, keyless);
        List<DataChangeEvent> changes = new ArrayList<>();
        for (CollectionSchema schema : List.of(keyed, keyless)) {
            changes.add(created(schema, 0, null));
            for (int i = 0; i < values.length; i++) {
                changes.add(created(schema, i + 1, values[i]));
            }
        }

        vault.load(changes);

        for (CollectionSchema schema : List.of(keyed, keyless)) {
            List<Row> rows = vault.state(schema, Long.MAX_VALUE);
            assertThat(rows).hasSize(values.length + 1);
            for (Row row : rows) {
                int id = (Integer) nonNull(row.get("id"));
                assertThat(row.get("value")).isEqualTo(id == 0 ? null : values[id - 1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void whatClickHouseWouldTakeForSomethingElseIsRefused(DataType type, Object[] values) {
        CollectionSchema schema = schema("narrow", type, List.of("id"));
        VaultFixture vault = new VaultFixture(server, database(type), schema);

        assertThatThrownBy(() -> vault.load(List.of(created(schema, 1, values[0]))))
                .isInstanceOfSatisfying(PipelineException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
                    assertThat(e.where()).contains("sat_narrow").contains("value");
                    assertThat(e.getMessage()).doesNotContain(String.valueOf(values[0]));
                });
    }

    @Test
    void whatIsRefusedLeavesTheRestOfItsBatchWhole() {
        CollectionSchema schema = schema("mixed", Simple.TIME, List.of("id"));
        VaultFixture vault = new VaultFixture(server, "mixed", schema);
        var buffers = new RowBuffers(vault.plan().vault());
        var mapper = new VaultMapper(vault.plan().vault().tables());

        mapper.map(created(schema, 1, 10L), buffers);
        assertThatThrownBy(() -> mapper.map(created(schema, 2, 3_600_000_000_000L), buffers))
                .isInstanceOf(PipelineException.class);
        mapper.map(created(schema, 3, 30L), buffers);
        buffers.waves("mixed", "t").forEach(wave -> wave.forEach(server::insert));

        assertThat(vault.state(schema, Long.MAX_VALUE))
                .extracting(row -> row.get("value"))
                .containsExactlyInAnyOrder(10L, 30L);
    }

    private static Arguments of(DataType type, Object... values) {
        return Arguments.of(type, values);
    }

    private static String database(DataType type) {
        return "types_" + type.toString().replaceAll("\\W+", "_").toLowerCase(Locale.ROOT);
    }

    private static Object nonNull(@Nullable Object value) {
        return Objects.requireNonNull(value);
    }

    private static CollectionSchema schema(String name, DataType type, List<String> key) {
        return new CollectionSchema(
                new CollectionId("pg", "public", name),
                CollectionKind.TABLE,
                List.of(new Column("id", Simple.INT32, "int4", false), new Column("value", type, "any", true)),
                key,
                List.of());
    }

    private static DataChangeEvent created(CollectionSchema schema, int id, @Nullable Object value) {
        ChangeHeader header = new ChangeHeader(schema, new CommitOrder(1, id + 1), 1_000, null);
        return new RowCreated(header, new Row(schema, id, value), null);
    }
}
