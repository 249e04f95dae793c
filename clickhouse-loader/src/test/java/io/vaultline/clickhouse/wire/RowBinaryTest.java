package io.vaultline.clickhouse.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.VaultType;
import io.vaultline.vault.model.VaultType.Internal;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowBinaryTest {
    private static final WireColumn ID = new WireColumn("id", new SourceValue(Simple.INT32), false);

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll long seed, @ForAll @IntRange(max = 50) int rows) throws IOException {
        Random random = new Random(seed);
        List<WireColumn> columns = columns(random);
        RowBinaryWriter writer = new RowBinaryWriter(columns);
        List<@Nullable Object[]> written = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            @Nullable
            Object[] row = columns.stream()
                    .map(column -> column.nullable() && random.nextBoolean() ? null : value(column.type(), random))
                    .toArray();
            written.add(row);
            writer.add(row);
        }

        assertThat(writer.rows()).isEqualTo(rows);
        assertThat(read(writer, columns)).usingRecursiveComparison().isEqualTo(written);
    }

    @Test
    void theHeaderNamesColumnsAndTypesAsTheServerSpellsThem() throws IOException {
        RowBinaryWriter writer =
                new RowBinaryWriter(List.of(ID, new WireColumn("p", new SourceValue(new Decimal(12, 2)), true)));

        assertThat(bytes(writer))
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("\u0002\u0002id\u0001p\u0005Int32\u0018Nullable(Decimal(12, 2))");
    }

    @Test
    void aRowThatIsRefusedLeavesNothingBehind() throws IOException {
        List<WireColumn> columns = List.of(ID, new WireColumn("hour", new SourceValue(Simple.TIME), false));
        RowBinaryWriter writer = new RowBinaryWriter(columns);
        writer.add(1, 1L);

        assertThatThrownBy(() -> writer.add(2, Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        ValueRangeException.class, e -> assertThat(e.column()).isEqualTo("hour"));
        assertThatThrownBy(() -> writer.add(3, null)).isInstanceOf(ValueRangeException.class);
        writer.add(4, 4L);

        assertThat(read(writer, columns)).containsExactly(new Object[] {1, 1L}, new Object[] {4, 4L});
        assertThat(writer.rows()).isEqualTo(2);
    }

    @Test
    void valuesOutsideOfTheRangeAreKeptRefusedOrReplacedByTheNearest() throws IOException {
        List<WireColumn> columns = List.of(
                new WireColumn("hour", new SourceValue(Simple.TIME), false),
                new WireColumn("day", new SourceValue(Simple.DATE), false),
                new WireColumn("price", new SourceValue(new Decimal(5, 2)), false),
                new WireColumn("note", new SourceValue(Simple.TEXT), false));
        Object[] outside = {Long.MIN_VALUE, Integer.MAX_VALUE, new BigDecimal("1234.565"), "a\uFFFD\uDCFF"};
        Object[] inside = {1L, 20_000, new BigDecimal("1.50"), "\uFFFD"};
        Object[] farDay = {1L, Integer.MAX_VALUE, new BigDecimal("1.50"), ""};
        Object[] noUtf8 = {1L, 20_000, new BigDecimal("1.50"), "\uFFFD\uDCFF"};
        List<String> replaced = new ArrayList<>();
        RowBinaryWriter clamping =
                new RowBinaryWriter(columns, column -> OutOfRange.clamp(() -> replaced.add(column.name())));
        RowBinaryWriter strict = new RowBinaryWriter(columns, column -> OutOfRange.refuseAll());
        RowBinaryWriter standard = new RowBinaryWriter(columns);

        clamping.add(outside);
        clamping.add(inside);
        standard.add(farDay);

        assertThat(read(clamping, columns))
                .containsExactly(
                        new Object[] {
                            -ClickHouseTypes.MAX_TIME,
                            (int) LocalDate.of(2299, 12, 31).toEpochDay(),
                            new BigDecimal("999.99"),
                            "a\uFFFD"
                        },
                        inside);
        assertThat(replaced).containsExactly("hour", "day", "price", "note");
        assertThat(read(standard, columns)).containsExactly(farDay);
        assertThatThrownBy(() -> standard.add(outside)).isInstanceOf(ValueRangeException.class);
        assertThatThrownBy(() -> standard.add(noUtf8)).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> strict.add(farDay)).isInstanceOf(ValueRangeException.class);
        strict.add(inside);
        assertThat(strict.rows()).isEqualTo(1);
    }

    @Test
    void aResultOfAnotherShapeIsRefused() {
        RowBinaryWriter writer = new RowBinaryWriter(List.of(ID));

        List<WireColumn> otherType = List.of(new WireColumn("id", new SourceValue(Simple.TEXT), false));
        assertThatThrownBy(() -> read(writer, otherType)).isInstanceOf(IOException.class);
        List<WireColumn> otherName = List.of(new WireColumn("no", ID.type(), false));
        assertThatThrownBy(() -> read(writer, otherName)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(writer, List.of())).isInstanceOf(IOException.class);
    }

    @Test
    void aResultThatBreaksOffIsRefused() throws IOException {
        RowBinaryWriter writer = new RowBinaryWriter(List.of(ID));
        writer.add(7);
        byte[] bytes = bytes(writer);

        RowBinaryReader reader = new RowBinaryReader(new ByteArrayInputStream(bytes, 0, bytes.length - 1), List.of(ID));

        assertThatThrownBy(reader::next).isInstanceOf(IOException.class);
    }

    private static List<WireColumn> columns(Random random) {
        List<VaultType> types = new ArrayList<>(List.of(Internal.values()));
        for (DataType type : Simple.values()) {
            types.add(new SourceValue(type));
        }
        int precision = 1 + random.nextInt(Decimal.MAX_PRECISION);
        types.add(new SourceValue(new Decimal(precision, random.nextInt(precision + 1))));
        List<WireColumn> columns = new ArrayList<>();
        for (VaultType type : types) {
            columns.add(
                    new WireColumn("c" + columns.size(), type, type instanceof SourceValue && random.nextBoolean()));
        }
        return columns;
    }

    private static Object value(VaultType type, Random random) {
        if (type instanceof SourceValue source) {
            return value(source.type(), random);
        }
        return switch ((Internal) type) {
            case HASH -> bytes(random, 16);
            case WIDE_HASH -> bytes(random, 32);
            case NATURAL_KEY -> bytes(random, 7);
            case LOAD_TIMESTAMP -> random.nextLong();
            case SYMBOL -> text(random);
            case ORDER -> random.nextLong(Long.MAX_VALUE);
            case FLAG -> random.nextBoolean();
            case NAMES ->
                random.ints(random.nextInt(4)).mapToObj(Integer::toString).toList();
        };
    }

    private static Object value(DataType type, Random random) {
        if (type instanceof Decimal decimal) {
            BigInteger unscaled = new BigInteger(130, random).mod(BigInteger.TEN.pow(decimal.precision()));
            return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
        }
        return switch ((Simple) type) {
            case BOOLEAN -> random.nextBoolean();
            case INT16 -> (int) (short) random.nextInt();
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case FLOAT32 -> random.nextFloat();
            case FLOAT64 -> random.nextGaussian();
            case NUMERIC, TEXT, JSON -> text(random);
            case BYTES -> bytes(random, random.nextInt(300));
            case DATE -> random.nextInt();
            case TIME -> random.nextLong(86_400_000_001L);
            case TIMESTAMP, TIMESTAMP_TZ -> random.nextLong();
            case UUID -> new UUID(random.nextLong(), random.nextLong());
        };
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(200), 0, 0xD800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(RowBinaryWriter writer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.writeTo(out);
        return out.toByteArray();
    }

    private static List<@Nullable Object[]> read(RowBinaryWriter writer, List<WireColumn> columns) throws IOException {
        RowBinaryReader reader = new RowBinaryReader(new ByteArrayInputStream(bytes(writer)), columns);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
            rows.add(row);
        }
        return rows;
    }
}
