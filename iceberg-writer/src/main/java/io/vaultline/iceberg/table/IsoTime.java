package io.vaultline.iceberg.table;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Microseconds as ISO 8601 writes them, over the whole range of 64 bits. */
final class IsoTime {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final String END_OF_DAY = "24:00:00";

    private IsoTime() {}

    /** Midnight at the end of a day is a time in PostgreSQL, though not in Java. */
    static String time(long micros) {
        return micros == MICROS_PER_DAY
                ? END_OF_DAY
                : LocalTime.ofNanoOfDay(Math.multiplyExact(micros, 1_000L)).toString();
    }

    static long parseTime(String text) {
        return text.equals(END_OF_DAY) ? MICROS_PER_DAY : LocalTime.parse(text).toNanoOfDay() / 1_000;
    }

    static String timestamp(long micros) {
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1_000;
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND), nanos, ZoneOffset.UTC)
                .toString();
    }

    /** The product may leave the range where the sum does not; both wrap, and so the sum is right. */
    static long parseTimestamp(String text) {
        Instant time = LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        return time.getEpochSecond() * MICROS_PER_SECOND + time.getNano() / 1_000;
    }
}
