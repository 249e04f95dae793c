package io.vaultline.devstack.report;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server that could not be had, started or stopped: what happened, where, and what to do about it.
 *
 * <p>None of the three texts holds a password.
 */
public final class DevstackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String where;
    private final String remedy;

    /**
     * @param what what happened, one sentence
     * @param where file, folder, address or tool
     * @param remedy what the reader can do
     */
    public DevstackException(String what, String where, String remedy, @Nullable Throwable cause) {
        super(what + " [" + where + "]: " + remedy, cause);
        this.what = Objects.requireNonNull(what);
        this.where = Objects.requireNonNull(where);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** The same, without a cause. */
    public DevstackException(String what, String where, String remedy) {
        this(what, where, remedy, null);
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
