package io.vaultline.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One table with a column of each type of PostgreSQL's chapter on types, and rows with their extreme values: row n holds
 * each type's n-th value, or its last one; the last row holds nulls.
 */
public final class PostgresValues {
    /** Name of the table. */
    public static final String TABLE = "every";

    private static final String PREPARATION = """
            CREATE EXTENSION hstore; CREATE EXTENSION citext; CREATE EXTENSION ltree; CREATE EXTENSION cube;
            CREATE EXTENSION seg; CREATE EXTENSION isn;
            CREATE TYPE mood AS ENUM ('sad', 'not so sad', 'heiter \uD83D\uDE00');
            CREATE DOMAIN cents AS numeric(12, 2) CHECK (VALUE > 0);
            CREATE DOMAIN many_cents AS numeric(12, 2)[];
            CREATE DOMAIN later AS timestamptz;
            CREATE TYPE pair AS (a int, b text);
            CREATE TYPE nest AS (p pair, m mood[], t timestamptz, i interval);
            CREATE TYPE textrange AS RANGE (subtype = text);
            """;

    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    private PostgresValues() {}

    private static void put(String type, String... values) {
        VALUES.put(type, List.of(values));
    }

    static {
        numbers();
        texts();
        times();
        others();
        geometry();
        ranges();
        arrays();
        ownTypes();
        system();
    }

    private static void numbers() {
        put("boolean", "true", "false");
        put("smallint", "-32768", "32767", "0");
        put("integer", "-2147483648", "2147483647", "0");
        put("bigint", "-9223372036854775808", "9223372036854775807", "0");
        put("real", "'-0'", "'NaN'", "'Infinity'", "'-Infinity'", "3.4028235e38", "1e-45", "0.1", "16777216");
        put(
                "double precision",
                "'-0'",
                "'NaN'",
                "'Infinity'",
                "'-Infinity'",
                "1.7976931348623157e308",
                "5e-324",
                "0.1");
        put("numeric(10, 2)", "0", "-0.10", "12345678.90", "99999999.99", "-99999999.99");
        put("numeric(38, 10)", "1", "-9999999999999999999999999999.9999999999");
        put("numeric(38, 0)", "99999999999999999999999999999999999999");
        put("numeric(38, 38)", "-0.99999999999999999999999999999999999999");
        put(
                "numeric",
                "0",
                "1.5000",
                "'NaN'",
                "'Infinity'",
                "'-Infinity'",
                "1e100",
                "-1e-30",
                "'" + digits(500) + "." + digits(500) + "'",
                "'-" + digits(1000) + "'");
        put("numeric(1000, 500)", "'" + digits(500) + "." + digits(500) + "'", "'NaN'");
        put("numeric(50, 3)", "12345678901234567890123456789012345678901234567.125");
        put("numeric(3, -2)", "12300", "-99900");
        put("numeric(2, 5)", "0.00012");
        put("money", "'-92233720368547758.08'", "'92233720368547758.07'", "'-1234567.89'", "'0'", "'0.05'");
    }

    private static String digits(int count) {
        return "9876543210".repeat(count / 10);
    }

    private static void texts() {
        put("text", "''", "E'Zeile\\n\\\\ \\t\\\\N'", "'\uD83D\uDE00'", "E'\\b\\f\\v\\r'", "'NULL'", "' '", "E'\\x01'");
        put("varchar(20)", "''", "' padded '");
        put("char(5)", "''", "'ab'", "'a b'");
        put("\"char\"", "'c'", "''");
        put("name", "'name'", "''");
        put("citext", "'MiXed'", "''");
        put("bytea", "''", "'\\x00ff5c0a09'", "decode(repeat('00ff', 1000), 'hex')");
        put("uuid", "'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'");
        put("json", "'{\"a\" :  1, \"a\": \"\\u00e9\"}'", "'null'", "'1e1000'", "' [ ] '");
        put("jsonb", "'{\"b\": [1.50, null], \"a\": {}}'", "'\"text\"'", "'null'", "'1e1000'", "'{}'");
        put("jsonpath", "'$.a[*] ? (@ > 1)'");
        put("xml", "'<a>&lt;</a>'", "'<?xml version=\"1.0\"?><b/>'", "''");
        put("tsvector", "'fat:2 cat:3A'", "''");
        put("tsquery", "'fat & !cat'", "''");
        put("hstore", "'a=>1, \"b c\"=>NULL, d=>\"\"'", "''");
        put("ltree", "'Top.Science.Astronomy'", "''");
        put("lquery", "'Top.*{0,2}.!pizza'");
        put("cube", "'(1.5,2),(3,4)'");
        put("seg", "'1.0 .. 2.50'");
        put("isbn13", "'978-0-393-04002-9'");
    }

    private static void times() {
        put(
                "date",
                "'4714-11-24 BC'",
                "'5874897-12-31'",
                "'infinity'",
                "'-infinity'",
                "'1582-10-10'",
                "'0044-03-15 BC'");
        put("time", "'00:00'", "'24:00'", "'23:59:59.999999'", "'12:00:00.5'");
        put("time(0)", "'12:34:56.5'");
        put("timetz", "'10:00+02'", "'00:00:00-15:59:59'", "'24:00+15:59:59'", "'23:59:59.123456-11:30'", "'12:00+00'");
        put(
                "timestamp",
                "'4714-11-24 00:00:00 BC'",
                "'294247-01-10 04:00:54.775806'",
                "'infinity'",
                "'-infinity'",
                "'1969-12-31 23:59:59.999999'",
                "'0001-01-01 BC'",
                "'2024-02-29 12:00:00.1'");
        put("timestamp(3)", "'2024-02-29 12:00:00.123456'");
        put(
                "timestamptz",
                "'4714-11-24 00:00:00+00 BC'",
                "'294247-01-10 04:00:54.775806+00'",
                "'infinity'",
                "'-infinity'",
                "'2024-03-31 01:30:00+00'",
                "'1883-11-18 12:00:00+00'",
                "'0044-03-15 10:00:00.000001+01 BC'");
        put(
                "interval",
                "'1 year -2 months 3 days -04:05:06.789'",
                "'0'",
                "'178000000 years'",
                "'-178000000 years'",
                "'2562047788:00:54.775807'",
                "'-2562047788:00:54.775807'",
                "'-00:00:00.000001'",
                "'infinity'",
                "'-infinity'");
        put("interval year to month", "'3 years 4 months'");
        put("interval second(0)", "'1.5'");
    }

    private static void others() {
        put("inet", "'192.168.0.1/24'", "'::1'", "'0.0.0.0/0'", "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128'");
        put("cidr", "'10.0.0.0/8'", "'::/0'");
        put("macaddr", "'08:00:2b:01:02:03'", "'ff:ff:ff:ff:ff:ff'");
        put("macaddr8", "'08:00:2b:01:02:03:04:05'");
        put("bit(1)", "B'1'", "B'0'");
        put("bit(10)", "B'0000000001'", "B'1111111111'");
        put("bit varying(20)", "B''", "B'00101'");
        put("bit varying", "repeat('10', 500)::varbit");
    }

    private static void geometry() {
        put(
                "point",
                "'(1.5,-2)'",
                "'(1e300,-1e-300)'",
                "'(NaN,-Infinity)'",
                "'(0.1,-0)'",
                "'(100000000000000000000,1e15)'");
        put("line", "'{1,2,3}'", "'{0.1,-1,1e-7}'");
        put("lseg", "'[(1,2),(3,4)]'");
        put("box", "'(3,4),(1,2)'", "'(1e20,0.3),(-1,-1)'");
        put("path", "'[(1,2),(3,4)]'", "'((1,2),(3,4))'");
        put("polygon", "'((1,2),(3,4),(5,6))'");
        put("circle", "'<(1,2),3.25>'", "'<(0.1,1e-9),0>'");
    }

    private static void ranges() {
        put("int4range", "'[1,10)'", "'empty'", "'(,)'", "'[,5]'");
        put("int8range", "'[-9223372036854775808,9223372036854775806]'");
        put("numrange", "'(0.10,1e20]'", "'(,)'");
        put("daterange", "'[-infinity,infinity]'", "'[2024-01-01,2024-12-31]'");
        put("tsrange", "'[\"2024-01-01 00:00\",\"infinity\")'");
        put("tstzrange", "'[2024-01-01 00:00+05,)'", "'empty'");
        put("textrange", "'[\"a,b\",\"z\\\"\")'");
        put("int4multirange", "'{}'", "'{[1,3),[7,9)}'");
        put("tstzmultirange", "'{[2024-01-01 00:00+00,2024-02-01 00:00+00),[2025-01-01 00:00+00,)}'");
    }

    private static void arrays() {
        put("int[]", "'{}'", "'{1,NULL,3}'", "'{{1,2},{3,NULL}}'", "'[0:1][5:6]={{1,2},{3,4}}'", "'{NULL}'");
        put("text[]", "'{\"a,b\",\"\",NULL,\"NULL\",\"\\\"\",\"{}\",\"\\\\\"}'", "'{}'", "'{{{a}}}'");
        put("boolean[]", "'{t,f,NULL}'");
        put("real[]", "'{NaN,-Infinity,0.1,-0}'");
        put("numeric(10, 2)[]", "'{1.5,NaN}'");
        put("numeric[]", "array['" + digits(1000) + "'::numeric, NULL]");
        put("bytea[]", "array['\\x00ff'::bytea, '']");
        put("date[]", "'{infinity,0044-03-15 BC,NULL}'");
        put("timestamptz[]", "'{2024-01-01 00:00+05,-infinity}'");
        put("interval[]", "'{1 year,-00:00:01}'");
        put("money[]", "array[1234.5::numeric::money]");
        put("uuid[]", "'{00000000-0000-0000-0000-000000000000}'");
        put("jsonb[]", "ARRAY['{\"a\": 1}'::jsonb, NULL]");
        put("hstore[]", "array['a=>1'::hstore]");
        put("point[]", "'{\"(1,2)\",\"(0.1,-0)\"}'");
        put("inet[]", "'{::1,10.0.0.1}'");
        put("int4range[]", "'{\"[1,2)\",empty}'");
    }

    private static void ownTypes() {
        put("mood", "'sad'", "'not so sad'", "'heiter \uD83D\uDE00'");
        put("mood[]", "'{sad,NULL}'", "'{}'");
        put("cents", "12.30");
        put("many_cents", "'{12.30,1}'");
        put("later", "'infinity'", "'2024-01-01 00:00+05'");
        put("pair", "ROW(1, 'b c')", "ROW(NULL, NULL)", "ROW(-1, '\"(,)')");
        put("pair[]", "array[ROW(1, 'x')::pair, NULL]");
        put("nest", "ROW(ROW(1, 'x'), '{sad}', '2024-01-01 00:00+05', '1 day')");
    }

    private static void system() {
        put("oid", "0", "4294967295");
        put("regclass", "'pg_class'::regclass", "'mood_table'::regclass");
        put("regtype", "'mood'::regtype", "'int4[]'::regtype");
        put("regproc", "'pg_catalog.now'::regproc");
        put("regprocedure", "'pg_catalog.lower(text)'::regprocedure");
        put("regoper", "'pg_catalog.||/'::regoper");
        put("regoperator", "'+(int4,int4)'::regoperator");
        put("regrole", "'postgres'::regrole");
        put("regnamespace", "'public'::regnamespace");
        put("regconfig", "'english'::regconfig");
        put("regdictionary", "'simple'::regdictionary");
        put("regcollation", "'\"C\"'::regcollation");
        put("pg_lsn", "'16/B374D848'", "'0/0'", "'FFFFFFFF/FFFFFFFF'");
        put("pg_snapshot", "'10:20:10,14,15'");
        put("txid_snapshot", "'10:20:10,14,15'");
        put("xid", "'4294967295'");
        put("xid8", "'18446744073709551615'");
        put("cid", "'1'");
        put("tid", "'(4294967295,65535)'");
        put("int2vector", "'1 2 3'", "''");
        put("oidvector", "'1 4294967295'");
        put("aclitem", "'postgres=r/postgres'");
        put("refcursor", "'c'");
    }

    /** How many rows there are. */
    public static int rows() {
        return VALUES.values().stream().mapToInt(List::size).max().orElseThrow() + 1;
    }

    /** The columns' types in order, the first after {@code id} and {@code n}. */
    public static List<String> types() {
        return List.copyOf(VALUES.keySet());
    }

    /** The name of a type's column. */
    static String column(int type) {
        return "c" + type;
    }

    /** Creates types and the table. */
    public static List<String> creation() {
        List<String> columns = new ArrayList<>();
        types().forEach(type -> columns.add(column(columns.size()) + " " + type));
        return List.of(
                PREPARATION,
                "CREATE TABLE mood_table (id int PRIMARY KEY)",
                "CREATE TABLE " + TABLE + " (id int PRIMARY KEY, n int, " + String.join(", ", columns) + ")");
    }

    /** Inserts all rows, with ids from a number on. */
    public static List<String> insertion(int firstId) {
        List<String> commands = new ArrayList<>();
        for (int row = 0; row < rows(); row++) {
            int number = row;
            String values = VALUES.values().stream()
                    .map(of -> number == rows() - 1 ? "NULL" : of.get(Math.min(number, of.size() - 1)))
                    .collect(Collectors.joining(", "));
            commands.add("INSERT INTO " + TABLE + " VALUES (" + (firstId + row) + ", 0, " + values + ")");
        }
        return commands;
    }
}
