package io.vaultline.vault.functions;

import io.vaultline.vault.hash.HashContract;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The hash contract as SQL functions. Their names begin with the contract's version, such as {@code vault1_text}, so that
 * those of two versions live side by side. {@code docs/hash-contract.md} says what each is for.
 */
public final class HashFunctions {
    private static final String PREFIX = "vault" + HashContract.VERSION + "_";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String V = "v";

    private final Dialect dialect;
    private final List<String> statements = new ArrayList<>();

    private HashFunctions(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The statements that create the functions, each in the place where those are that it calls. */
    public static List<String> statements(SqlEngine engine) {
        HashFunctions functions = new HashFunctions(engine.dialect());
        functions.parts();
        functions.rules();
        functions.hashes();
        return List.copyOf(functions.statements);
    }

    /** The statements as a script. */
    public static String script(SqlEngine engine) {
        return String.join(";\n", statements(engine)) + ";\n";
    }

    private void parts() {
        add(
                "bytes",
                SqlType.BYTES,
                "coalesce(concat(" + dialect.length(V) + ", " + V + "), " + mark(HashContract.NULL_LENGTH) + ")");
        statements.add(dialect.create(PREFIX + "unavailable", SqlType.BYTES, mark(HashContract.UNAVAILABLE_LENGTH)));
        part("text", SqlType.TEXT, V);
        part("boolean", SqlType.BOOLEAN, dialect.booleanText(V));
        part("integer", SqlType.INTEGER, dialect.integerText(V));
        part("number", SqlType.TEXT, number());
        part("float32", SqlType.FLOAT32, dialect.floatText(V, SqlType.FLOAT32));
        part("float64", SqlType.FLOAT64, dialect.floatText(V, SqlType.FLOAT64));
        for (SqlType moment : List.of(SqlType.DATE, SqlType.TIME, SqlType.TIMESTAMP, SqlType.TIMESTAMP_TZ)) {
            part(moment.name().toLowerCase(Locale.ROOT), moment, dialect.momentText(V, moment));
        }
        part("uuid", SqlType.UUID, "lower(" + dialect.uuidText(V) + ")");
    }

    private void part(String name, SqlType argument, String text) {
        add(name, argument, PREFIX + "bytes(" + dialect.utf8(text) + ")");
    }

    private void add(String name, SqlType argument, String body) {
        statements.add(dialect.create(PREFIX + name, argument, SqlType.BYTES, body));
    }

    private String mark(int length) {
        return dialect.bytes(HexFormat.of().withUpperCase().toHexDigits(length));
    }

    /** Step by step: no plus, a digit before the point, no zeros behind it and no bare point, none in front, no minus zero. */
    private String number() {
        String text = dialect.replace(dialect.numberText(V), "^[+]", "");
        text = dialect.replace(text, "^(-?)[.]", "$10.");
        text = dialect.replace(text, "([.][0-9]*[1-9])0+$", "$1");
        text = dialect.replace(text, "[.]0*$", "");
        text = dialect.replace(text, "^(-?)0+([0-9])", "$1$2");
        return dialect.replace(text, "^-0$", "0");
    }

    private void rules() {
        rule("trimmed", "trim(BOTH ' ' FROM " + V + ")");
        rule("upper", "translate(" + V + ", '" + LOWER + "', '" + UPPER + "')");
        rule("lower", "translate(" + V + ", '" + UPPER + "', '" + LOWER + "')");
    }

    private void rule(String name, String body) {
        statements.add(dialect.create(PREFIX + name, SqlType.TEXT, SqlType.TEXT, body));
    }

    private void hashes() {
        add("hash", SqlType.BYTES, dialect.first16(dialect.sha256(V)));
        add("hash_md5", SqlType.BYTES, dialect.md5(V));
        add("hash_sha256", SqlType.BYTES, dialect.sha256(V));
    }
}
