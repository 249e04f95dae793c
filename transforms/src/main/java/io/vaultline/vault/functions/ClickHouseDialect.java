package io.vaultline.vault.functions;

/** ClickHouse: functions are lambdas without types, and a text is its bytes. */
final class ClickHouseDialect implements Dialect {
    @Override
    public String create(String name, SqlType argument, SqlType result, String body) {
        return "CREATE OR REPLACE FUNCTION " + name + " AS v -> " + body;
    }

    @Override
    public String create(String name, SqlType result, String body) {
        return "CREATE OR REPLACE FUNCTION " + name + " AS () -> " + body;
    }

    @Override
    public String bytes(String hex) {
        return "unhex('" + hex + "')";
    }

    @Override
    public String utf8(String text) {
        return text;
    }

    @Override
    public String length(String bytes) {
        return "reverse(reinterpretAsFixedString(toUInt32(length(" + bytes + "))))";
    }

    @Override
    public String replace(String text, String regex, String replacement) {
        return "replaceRegexpOne(" + text + ", '" + regex + "', '" + replacement.replace("$", "\\\\") + "')";
    }

    @Override
    public String booleanText(String value) {
        return "toString(CAST(" + value + ", 'Nullable(Bool)'))";
    }

    @Override
    public String integerText(String value) {
        return "toString(" + value + ")";
    }

    @Override
    public String floatText(String value, SqlType type) {
        String nan = type == SqlType.FLOAT32 ? "7fc00000" : "7ff8000000000000";
        return "if(isNaN(" + value + "), '" + nan + "', lower(hex(reverse(reinterpretAsFixedString(" + value + ")))))";
    }

    @Override
    public String momentText(String value, SqlType type) {
        String number =
                switch (type) {
                    case DATE -> "toInt32(" + value + ")";
                    case TIME -> "toInt64(toDecimal64(" + value + ", 6) * 1000000)";
                    default -> "toUnixTimestamp64Micro(" + value + ")";
                };
        return "toString(" + number + ")";
    }

    @Override
    public String uuidText(String value) {
        return "toString(" + value + ")";
    }

    @Override
    public String numberText(String value) {
        return "toString(" + value + ")";
    }

    @Override
    public String sha256(String bytes) {
        return "SHA256(" + bytes + ")";
    }

    @Override
    public String md5(String bytes) {
        return "MD5(" + bytes + ")";
    }

    @Override
    public String first16(String bytes) {
        return "toFixedString(substring(" + bytes + ", 1, 16), 16)";
    }
}
