package io.vaultline.vault.functions;

/** An engine's SQL: how it spells what the contract is made of. Expressions in, expressions out; null gives null. */
interface Dialect {
    /** A statement that creates or replaces a function of the argument {@code v}. */
    String create(String name, SqlType argument, SqlType result, String body);

    /** The same without an argument. */
    String create(String name, SqlType result, String body);

    /** Bytes that are written as hexadecimal digits. */
    String bytes(String hex);

    /** The UTF-8 of a text. */
    String utf8(String text);

    /** How many bytes there are, in four bytes, highest first. */
    String length(String bytes);

    /** Replaces what matches a regular expression at its first place; {@code $1} stands for its first group. */
    String replace(String text, String regex, String replacement);

    /** {@code true} or {@code false}. */
    String booleanText(String value);

    /** Decimal digits. */
    String integerText(String value);

    /** The IEEE 754 bits of 32 or 64 bit numbers as lower-case digits, one NaN for all. */
    String floatText(String value, SqlType type);

    /** The days, or microseconds, of a moment as decimal digits. */
    String momentText(String value, SqlType type);

    /** A UUID as text, in whatever case. */
    String uuidText(String value);

    /** A number of any type as text, with whatever zeros. */
    default String numberText(String value) {
        return value;
    }

    String sha256(String bytes);

    String md5(String bytes);

    /** The first 16 bytes. */
    String first16(String bytes);
}
