package io.vaultline.verification;

import java.time.Duration;
import java.util.Optional;

/**
 * How a verification is done.
 *
 * @param timeout how long the pipeline may take until it has carried everything over
 * @param standstill after how long without any movement the pipeline counts as not running
 * @param table the one table to be compared, as {@code name}, {@code namespace.name} or {@code source.namespace.name}; all
 *     if it is not given
 */
public record VerificationOptions(Duration timeout, Duration standstill, Optional<String> table) {
    /** How many differing rows of a table and store are named at most. */
    static final int NAMED_ROWS = 20;

    /** All tables. */
    public VerificationOptions(Duration timeout, Duration standstill) {
        this(timeout, standstill, Optional.empty());
    }
}
