package io.vaultline.vault.functions;

/** Trino: SQL routines with declared types. */
final class TrinoDialect extends TypedDialect {
    @Override
    String type(SqlType type) {
        return switch (type) {
            case TEXT -> "varchar";
            case BYTES -> "varbinary";
            case BOOLEAN -> "boolean";
            case INTEGER -> "bigint";
            case FLOAT32 -> "real";
            case FLOAT64 -> "double";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIMESTAMP -> "timestamp(6)";
            case TIMESTAMP_TZ -> "timestamp(6) with time zone";
            case UUID -> "uuid";
        };
    }

    @Override
    public String utf8(String text) {
        return "to_utf8(" + text + ")";
    }

    @Override
    public String length(String bytes) {
        return "to_big_endian_32(CAST(length(" + bytes + ") AS integer))";
    }

    @Override
    public String floatText(String value, SqlType type) {
        boolean single = type == SqlType.FLOAT32;
        return "CASE WHEN is_nan(" + value + ") THEN '" + (single ? "7fc00000" : "7ff8000000000000")
                + "' ELSE lower(to_hex(to_ieee754_" + (single ? "32" : "64") + "(" + value + "))) END";
    }

    @Override
    public String momentText(String value, SqlType type) {
        return switch (type) {
            case DATE -> "CAST(date_diff('day', DATE '1970-01-01', " + value + ") AS varchar)";
            case TIME -> micros("TIME '00:00:00'", value);
            case TIMESTAMP -> micros("TIMESTAMP '1970-01-01 00:00:00'", value);
            default -> micros("TIMESTAMP '1970-01-01 00:00:00 UTC'", value);
        };
    }

    /** Its functions know milliseconds only, rounded down; what is missing are three more digits of the text. */
    private static String micros(String start, String value) {
        return "CAST(CAST(date_diff('millisecond', " + start + ", " + value
                + ") AS decimal(19, 0)) * 1000 + CAST(regexp_extract(CAST(" + value
                + " AS varchar), '[.][0-9]{3}([0-9]{3})', 1) AS decimal(3, 0)) AS varchar)";
    }

    @Override
    public String uuidText(String value) {
        return text(value);
    }

    @Override
    public String sha256(String bytes) {
        return "sha256(" + bytes + ")";
    }

    @Override
    public String md5(String bytes) {
        return "md5(" + bytes + ")";
    }

    @Override
    public String first16(String bytes) {
        return "substr(" + bytes + ", 1, 16)";
    }
}
