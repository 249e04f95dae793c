package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.source.TypesDocument;
import io.vaultline.capture.source.TypesDocument.Line;
import io.vaultline.event.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code docs/types.md} says of PostgreSQL what the code does. */
class PostgresTypesDocTest {
    private static final String YES = "yes";
    private static final String TEXT = "yes, as PostgreSQL writes it";

    private final List<Line> lines = new ArrayList<>();
    private final Set<PgType> told = EnumSet.noneOf(PgType.class);

    @Test
    void theDocumentSaysWhatTheCodeDoes() throws IOException {
        numbers();
        textsAndBytes();
        times();
        others();
        assertThat(told).containsExactlyInAnyOrder(PgType.values());
        TypesDocument.check("postgres", "PostgreSQL", lines);
    }

    private void numbers() {
        line("`boolean`", PgType.BOOL, YES);
        line("`smallint`, `smallserial`", PgType.INT2, YES);
        line("`integer`, `serial`", PgType.INT4, YES);
        line("`bigint`, `bigserial`", PgType.INT8, YES);
        line("`oid`", PgType.OID, YES);
        line("`real`", PgType.FLOAT4, "yes, also `-0`, `NaN`, infinities");
        line("`double precision`", PgType.FLOAT8, "yes, also `-0`, `NaN`, infinities");
        lines.add(
                new Line(
                        "`numeric(p, s)`, 1 ≤ p ≤ 38, 0 ≤ s ≤ p",
                        dataType(PgType.NUMERIC, (DataType.Decimal) TypesDocument.ANY_DECIMAL),
                        "yes; `NaN` has no counterpart in a decimal and makes the change a dead letter: declare the column as `numeric`"));
        line("`numeric`, other `numeric(p, s)`", PgType.NUMERIC, "yes: every digit, `NaN`, infinities");
        line(
                "`money`",
                PgType.MONEY,
                "yes where `lc_monetary` has two decimal places, as nearly all have; elsewhere the number is shifted by"
                        + " the difference, since PostgreSQL keeps a whole number only");
    }

    private void textsAndBytes() {
        line(
                "`text`, `varchar`, `char`, `name`, `\"char\"`, `citext`",
                PgType.OTHER,
                "yes, with the blanks of `char(n)`");
        line("`bytea`", PgType.BYTEA, YES);
        line("`uuid`", PgType.UUID, YES);
        line("`json`", PgType.JSON, "yes: the text that was inserted");
        line("`jsonb`", PgType.JSONB, "yes, as PostgreSQL writes it: its order of keys, every digit of numbers");
    }

    private void times() {
        line(
                "`date`",
                PgType.DATE,
                "yes, also before Christ; infinity is the type's end. ClickHouse shows years outside of 0 to 9999 as the"
                        + " nearest, but keeps, compares and sorts them exactly");
        line("`time`", PgType.TIME, "yes, also `24:00`, which some readers of Iceberg take for `00:00`");
        line(
                "`timestamp`",
                PgType.TIMESTAMP,
                "yes, as `date`; the years 294247 to 294276 do not fit and stop the capture");
        line("`timestamptz`", PgType.TIMESTAMPTZ, "yes, as `timestamp`; the moment, since PostgreSQL keeps no zone");
        line("`timetz`", PgType.TIMETZ, TEXT + ", with its offset");
        line("`interval`", PgType.INTERVAL, "yes, as ISO 8601 (`P1Y2M3DT4H5M6.789S`); `infinity` since PostgreSQL 17");
    }

    private void others() {
        told.addAll(EnumSet.range(PgType.POINT, PgType.LINE));
        line("`point`, `line`, `lseg`, `box`, `path`, `polygon`, `circle`", PgType.CIRCLE, TEXT);
        other("`bit(n)`, `bit varying(n)`", TEXT);
        other("`inet`, `cidr`, `macaddr`, `macaddr8`", TEXT);
        other("`xml`", TEXT);
        other("`tsvector`, `tsquery`", TEXT);
        other("`pg_lsn`, `pg_snapshot`, `txid_snapshot`, `xid`, `xid8`, `tid`", TEXT);
        other("`regclass`, `regtype` and the other names of objects", "yes, with the schema in front");
        other("enums", "yes: the label");
        other("ranges, multiranges", TEXT + ", moments in UTC");
        other("arrays of every type and dimension", TEXT + ", moments in UTC");
        other("composite types", TEXT);
        other("`hstore`, `ltree`, `cube`, `isbn` and types of other extensions", TEXT);
    }

    private void line(String source, PgType type, String exact) {
        told.add(type);
        lines.add(new Line(source, type.dataType(0, 0), exact));
    }

    private void other(String source, String exact) {
        line(source, PgType.OTHER, exact);
    }

    private static DataType dataType(PgType type, DataType.Decimal decimal) {
        return type.dataType(decimal.precision(), decimal.scale());
    }
}
