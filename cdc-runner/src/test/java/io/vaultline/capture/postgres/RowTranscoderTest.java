package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.capture.mask.Masks;
import io.vaultline.capture.postgres.CatalogTable.Identity;
import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.capture.postgres.CatalogTable.PgColumn;
import io.vaultline.codec.ChangeEncoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.config.MaskAction;
import io.vaultline.config.MaskRule;
import io.vaultline.config.Masking;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The short way from COPY to Kafka gives the same bytes as the long one over rows. */
class RowTranscoderTest {
    private static final CommitOrder ORDER = new CommitOrder(77, 3);
    private static final long MICROS = 1_700_000_000_000_000L;
    private static final CollectionId ID = new CollectionId("pg", "public", "t");
    private static final Masks MASKS = Masks.of(new SourceConfig.Mongo(
                    "pg", new Secret("u"), "d", List.of(), List.of(), List.of(), Duration.ofSeconds(1))
            .masked(new Masking(
                    List.of(
                            new MaskRule("public.t.hashed", new MaskAction.Hash()),
                            new MaskRule("public.t.cut", new MaskAction.Truncate(3))),
                    new Secret("a secret of the test"))));
    private static final CatalogTable TABLE = table(
            column("big", 20, 0, 0),
            column("flag", 16, 0, 0),
            column("price", 1700, 12, 2),
            column("whole", 1700, 20, 0),
            column("small", 1700, 4, 4),
            column("note", 25, 0, 0),
            column("at", 1114, 0, 0),
            column("zoned", 1184, 0, 0),
            column("ratio", 701, 0, 0),
            column("bytes", 17, 0, 0),
            column("id", 2950, 0, 0),
            column("day", 1082, 0, 0),
            column("span", 1186, 0, 0),
            column("money", 790, 0, 0),
            column("hashed", 20, 0, 0),
            column("cut", 25, 0, 0));

    private static PgColumn column(String name, int oid, int precision, int scale) {
        Column plain = new Column(name, PgType.ofOid(oid).dataType(precision, scale), name, true);
        ColumnMask mask = MASKS.column(ID, name);
        return new PgColumn(mask.column(plain), oid, precision, scale, false, mask);
    }

    private static CatalogTable table(PgColumn... columns) {
        CollectionSchema shape = new CollectionSchema(
                ID,
                CollectionKind.TABLE,
                List.of(columns).stream().map(PgColumn::column).toList(),
                List.of("id", "big"),
                List.of());
        return new CatalogTable(
                new Listing(ID, 1, false, false, Identity.PRIMARY_KEY, false, false, 1), shape, List.of(columns));
    }

    private static void assertSame(String... fields) {
        byte[] line = (String.join("\t", fields) + "\n").getBytes(StandardCharsets.UTF_8);
        ChangeSchema schema = ChangeSchema.of(TABLE.shape());
        RowTranscoder transcoder = new RowTranscoder(TABLE, schema);
        transcoder.write(line, ORDER, MICROS);
        Row row = TableRows.row(TABLE, line);
        ChangeEncoder encoder = new ChangeEncoder();
        ChangeHeader header = new ChangeHeader(TABLE.shape(), ORDER, MICROS, null);
        assertThat(transcoder.value()).isEqualTo(encoder.encode(schema, new RowRead(header, row)));
        assertThat(transcoder.key()).isEqualTo(encoder.encodeKey(schema, row));
    }

    @Property
    void bothWaysGiveTheSameBytes(
            @ForAll long number,
            @ForAll BigInteger digits,
            @ForAll @StringLength(max = 20) String text,
            @ForAll @IntRange(min = 1, max = 9999) int year,
            @ForAll int random,
            @ForAll double ratio) {
        LocalDateTime time = LocalDateTime.of(year, 1, 1, 0, 0).plusSeconds(Math.floorMod(random, 31_536_000));
        String plain = time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"));
        String fraction = random % 2 == 0 ? "" : "." + Math.floorMod(random, 1_000_000);
        String offset = List.of("+00", "-11", "+05:30", "+01:12:12").get(Math.floorMod(random, 4));
        BigInteger cents = digits.remainder(BigInteger.TEN.pow(12));
        assertSame(
                Long.toString(number),
                number % 2 == 0 ? "t" : "f",
                new BigDecimal(cents, 2).toPlainString(),
                digits.remainder(BigInteger.TEN.pow(20)).toString(),
                new BigDecimal(digits.remainder(BigInteger.TEN.pow(4)), 4).toPlainString(),
                CopyRowTest.written(text.replace("\0", "").replaceAll("\\p{Cs}", "")),
                plain + fraction,
                plain + fraction + offset,
                Double.toString(ratio),
                "\\\\x00ff",
                new UUID(number, random).toString(),
                plain.substring(0, 10),
                "1 day",
                "-$1,234.50",
                Long.toString(number),
                "cut \\n off");
    }

    @Test
    void nullsAndRareFormsAreTheSameToo() {
        assertSame(
                "\\N", "\\N", "\\N", "\\N", "\\N", "\\N", "\\N", "\\N", "\\N", "\\N", "\\N", "\\N", "\\N", "\\N", "\\N",
                "\\N");
        assertSame(
                Long.toString(Long.MIN_VALUE),
                "f",
                "-0.00",
                "99999999999999999999",
                "-0.9999",
                "",
                "0044-03-15 12:00:00 BC",
                "12024-03-15 12:00:00.5+14 BC",
                "NaN",
                "\\\\x",
                new UUID(0, 0).toString(),
                "0044-03-15 BC",
                "-1 days -00:00:00.000001",
                "$0.00",
                "0",
                "");
        assertSame(
                "0",
                "f",
                "\\N",
                "\\N",
                "\\N",
                "\\\\N",
                "infinity",
                "-infinity",
                "-Infinity",
                "\\N",
                new UUID(-1, -1).toString(),
                "-infinity",
                "\\N",
                "\\N",
                "\\N",
                "\\N");
    }
}
