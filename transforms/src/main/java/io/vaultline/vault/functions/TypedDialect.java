package io.vaultline.vault.functions;

/** What engines have in common whose SQL functions declare the types of argument and result. */
abstract class TypedDialect implements Dialect {
    abstract String type(SqlType type);

    @Override
    public final String create(String name, SqlType argument, SqlType result, String body) {
        return create(name + "(v " + type(argument) + ")", body, result);
    }

    @Override
    public final String create(String name, SqlType result, String body) {
        return create(name + "()", body, result);
    }

    private String create(String signature, String body, SqlType result) {
        return "CREATE OR REPLACE FUNCTION " + signature + " RETURNS " + type(result) + " DETERMINISTIC RETURN " + body;
    }

    @Override
    public final String bytes(String hex) {
        return "X'" + hex + "'";
    }

    @Override
    public final String replace(String text, String regex, String replacement) {
        return "regexp_replace(" + text + ", '" + regex + "', '" + replacement + "')";
    }

    @Override
    public final String booleanText(String value) {
        return text(value);
    }

    @Override
    public final String integerText(String value) {
        return text(value);
    }

    final String text(String value) {
        return "CAST(" + value + " AS " + type(SqlType.TEXT) + ")";
    }
}
