package io.vaultline.capture.output;

import io.vaultline.error.PipelineException;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a row in the place of a value that its column's type can't hold. No codec takes it, so the change becomes a
 * dead letter.
 */
public final class UnfitValue {
    private final @Nullable String text;
    private final PipelineException problem;

    /**
     * @param text what the source wrote, if it may leave the source; else null
     * @param problem why it does not fit
     */
    public UnfitValue(@Nullable String text, PipelineException problem) {
        this.text = text;
        this.problem = problem;
    }

    @Nullable
    String text() {
        return text;
    }

    PipelineException problem() {
        return problem;
    }

    @Override
    public boolean equals(Object other) {
        return other == this || (other instanceof UnfitValue that && text != null && text.equals(that.text));
    }

    @Override
    public int hashCode() {
        return text == null ? System.identityHashCode(this) : text.hashCode();
    }

    /** Nothing of the value: it may get into a message. */
    @Override
    public String toString() {
        return "a value that does not fit";
    }
}
