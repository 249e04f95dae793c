package io.vaultline.check;

import java.util.Objects;

/**
 * What mends a finding.
 *
 * @param kind what the text is for
 * @param text one or more statements that can be run as they are, or for {@link Kind#ADVICE} a sentence
 * @param then what must follow that no statement does, such as a restart; may be empty
 */
public record Fix(Kind kind, String text, String then) {
    /** What takes the text. */
    public enum Kind {
        /** {@code psql}, as a superuser or the owner of what is named. */
        SQL,
        /** {@code mongosh}, as an administrator. */
        MONGOSH,
        /** {@code clickhouse-client}, as an administrator. */
        CLICKHOUSE,
        /** A shell. */
        SHELL,
        /** The pipeline's configuration file. */
        CONFIG,
        /** A person. */
        ADVICE
    }

    public Fix {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(then, "then");
    }

    public static Fix sql(String statements) {
        return new Fix(Kind.SQL, statements, "");
    }

    /** For settings that the server reads at its start only. */
    public static Fix sqlAndRestart(String statements) {
        return new Fix(Kind.SQL, statements, "then restart PostgreSQL.");
    }

    public static Fix mongosh(String statements) {
        return new Fix(Kind.MONGOSH, statements, "");
    }

    public static Fix clickhouse(String statements) {
        return new Fix(Kind.CLICKHOUSE, statements, "");
    }

    public static Fix shell(String command) {
        return new Fix(Kind.SHELL, command, "");
    }

    public static Fix config(String yaml) {
        return new Fix(Kind.CONFIG, yaml, "");
    }

    public static Fix advice(String sentence) {
        return new Fix(Kind.ADVICE, sentence, "");
    }

    /** The text and what follows it, on one line or more. */
    public String whole() {
        return then.isEmpty() ? text : text + " " + then;
    }
}
