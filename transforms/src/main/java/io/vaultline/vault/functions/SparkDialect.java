package io.vaultline.vault.functions;

/** Spark from version 4 on: SQL functions with declared types. A time is its microseconds, and a UUID a text. */
final class SparkDialect extends TypedDialect {
    @Override
    String type(SqlType type) {
        return switch (type) {
            case TEXT, UUID -> "STRING";
            case BYTES -> "BINARY";
            case BOOLEAN -> "BOOLEAN";
            case INTEGER, TIME -> "BIGINT";
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP_NTZ";
            case TIMESTAMP_TZ -> "TIMESTAMP";
        };
    }

    @Override
    public String utf8(String text) {
        return "encode(" + text + ", 'UTF-8')";
    }

    @Override
    public String length(String bytes) {
        return "unhex(lpad(hex(octet_length(" + bytes + ")), 8, '0'))";
    }

    /** It has no function for the bits of a number, but Java has; null is kept from it. */
    @Override
    public String floatText(String value, SqlType type) {
        boolean single = type == SqlType.FLOAT32;
        String bits = single ? "'java.lang.Float', 'floatToIntBits'" : "'java.lang.Double', 'doubleToLongBits'";
        return "CASE WHEN " + value + " IS NOT NULL THEN right(lower(lpad(hex(CAST(java_method(" + bits + ", " + value
                + ") AS BIGINT)), 16, '0')), " + (single ? 8 : 16) + ") END";
    }

    @Override
    public String momentText(String value, SqlType type) {
        String number =
                switch (type) {
                    case DATE -> "unix_date(" + value + ")";
                    case TIME -> value;
                    case TIMESTAMP -> wallClockMicros(value);
                    default -> "unix_micros(" + value + ")";
                };
        return text(number);
    }

    /** Whatever the session's time zone is; in decimals, since the last day's microseconds overflow before they are summed. */
    private static String wallClockMicros(String value) {
        return "CAST(CAST(unix_date(CAST(" + value + " AS DATE)) AS DECIMAL(19, 0)) * 86400000000 + (hour(" + value
                + ") * 3600 + minute(" + value + ") * 60) * 1000000BD + extract(SECOND FROM " + value
                + ") * 1000000 AS DECIMAL(19, 0))";
    }

    @Override
    public String uuidText(String value) {
        return value;
    }

    @Override
    public String sha256(String bytes) {
        return "unhex(sha2(" + bytes + ", 256))";
    }

    @Override
    public String md5(String bytes) {
        return "unhex(md5(" + bytes + "))";
    }

    @Override
    public String first16(String bytes) {
        return "substring(" + bytes + ", 1, 16)";
    }
}
