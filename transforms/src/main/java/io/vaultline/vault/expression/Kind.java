package io.vaultline.vault.expression;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.util.Locale;
import java.util.Optional;

/** What values of an expression can be. */
public enum Kind {
    TEXT,
    /** With 18 digits behind the point and 57 before it. */
    NUMBER,
    BOOLEAN,
    DATE,
    /** Of a local clock. */
    TIMESTAMP,
    /** In UTC. */
    TIMESTAMP_TZ,
    /** What {@code null} is: any of the others. */
    ANY;

    /** The kind of a source's values; empty for those that expressions do not take. */
    public static Optional<Kind> of(DataType type) {
        if (!(type instanceof Simple simple)) {
            return Optional.of(NUMBER);
        }
        return switch (simple) {
            case TEXT, UUID -> Optional.of(TEXT);
            case INT16, INT32, INT64, FLOAT32, FLOAT64, NUMERIC -> Optional.of(NUMBER);
            case BOOLEAN -> Optional.of(BOOLEAN);
            case DATE -> Optional.of(DATE);
            case TIMESTAMP -> Optional.of(TIMESTAMP);
            case TIMESTAMP_TZ -> Optional.of(TIMESTAMP_TZ);
            case JSON, BYTES, TIME -> Optional.empty();
        };
    }

    boolean isMoment() {
        return this == TIMESTAMP || this == TIMESTAMP_TZ;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
