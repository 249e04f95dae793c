package io.vaultline.capture.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Stands, inside this process, for a value that PostgreSQL did not send: an unchanged TOAST value. */
final class Unsent {
    /** Drawn anew by each process, so that no row can hold it. */
    static final String TEXT = "unsent " + UUID.randomUUID();

    static final byte[] BYTES = TEXT.getBytes(StandardCharsets.US_ASCII);

    private Unsent() {}

    static boolean is(Object value) {
        return value instanceof String text
                ? text.equals(TEXT)
                : value instanceof byte[] bytes && Arrays.equals(bytes, BYTES);
    }
}
