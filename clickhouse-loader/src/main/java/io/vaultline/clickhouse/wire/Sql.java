package io.vaultline.clickhouse.wire;

/** Spells names and texts in ClickHouse's SQL. */
public final class Sql {
    private Sql() {}

    /** A name in backticks, whatever is in it. */
    public static String name(String name) {
        return '`' + name.replace("\\", "\\\\").replace("`", "\\`") + '`';
    }

    /** A name within a database, or of a column within a table expression. */
    public static String name(String qualifier, String name) {
        return name(qualifier) + '.' + name(name);
    }

    /** A string literal. */
    public static String text(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }
}
