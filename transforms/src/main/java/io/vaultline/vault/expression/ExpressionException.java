package io.vaultline.vault.expression;

import java.util.List;

/** What is wrong with an expression. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int at;
    private final String kind;
    private final transient List<String> known;

    /** @param at where in the text it begins, from 0 */
    public ExpressionException(int at, String what) {
        this(at, "", what, List.of());
    }

    private ExpressionException(int at, String kind, String what, List<String> known) {
        super(what);
        this.at = at;
        this.kind = kind;
        this.known = List.copyOf(known);
    }

    /**
     * A name that is not known.
     *
     * @param at where in the text it begins, from 0
     * @param kind what it would be the name of
     * @param known names that could stand there
     */
    public static ExpressionException unknown(int at, String kind, String name, List<String> known) {
        return new ExpressionException(at, kind, name, known);
    }

    public int at() {
        return at;
    }

    /** What the message is the unknown name of; empty if it says itself what is wrong. */
    public String kind() {
        return kind;
    }

    public List<String> known() {
        return known;
    }
}
