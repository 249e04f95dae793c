package io.vaultline.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one failure that a person gets to see: what happened, where, and what to do about it.
 *
 * <p>None of the three texts may hold a secret or the data of a row.
 */
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String what;
    private final String where;
    private final String remedy;

    /**
     * @param what what happened, one sentence
     * @param where table, partition, offset, position, file and line, or address; no credentials
     * @param remedy what the reader can do, one sentence, with the statement or command if there is one
     */
    public PipelineException(ErrorCode code, String what, String where, String remedy, @Nullable Throwable cause) {
        super(code + ": " + what + " [" + where + "]", cause);
        this.code = Objects.requireNonNull(code);
        this.what = Objects.requireNonNull(what);
        this.where = Objects.requireNonNull(where);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** The same, without a cause. */
    public PipelineException(ErrorCode code, String what, String where, String remedy) {
        this(code, what, where, remedy, null);
    }

    /** The stable name of the failure. */
    public ErrorCode code() {
        return code;
    }

    /** What happened. */
    public String what() {
        return what;
    }

    /** Where it happened. */
    public String where() {
        return where;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
