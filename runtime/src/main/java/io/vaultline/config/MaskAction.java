package io.vaultline.config;

import org.jspecify.annotations.Nullable;

/** What happens to the values of a masked column. A null stays null under each of them. */
public sealed interface MaskAction {
    /** Nothing: shields what a later, wider pattern would mask. */
    record Keep() implements MaskAction {}

    /** A keyed hash takes the place of the value: equal values stay equal. */
    record Hash() implements MaskAction {}

    /**
     * A fixed text takes the place of each value.
     *
     * @param text null for no text: each value becomes null
     */
    record Redact(@Nullable String text) implements MaskAction {
        /** What stands in the place of a value unless the configuration says another text. */
        public static final String TEXT = "[redacted]";
    }

    /**
     * The beginning of a text is kept.
     *
     * @param characters how many, in Unicode code points; at least 1
     */
    record Truncate(int characters) implements MaskAction {}

    /** The column is not captured at all. */
    record Drop() implements MaskAction {}
}
