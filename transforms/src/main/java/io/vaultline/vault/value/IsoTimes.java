package io.vaultline.vault.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Days and moments that JSON has as ISO 8601 text, with a {@code T} or a space between day and time. */
final class IsoTimes {
    private static final int NANOS_OF_A_MICRO = 1_000;
    private static final long MICROS_OF_A_SECOND = 1_000_000;
    private static final int DAY_LENGTH = "2024-01-31".length();

    private IsoTimes() {}

    /** Days since 1970-01-01; null if the text is none, or a moment. */
    static @Nullable Integer day(String text) {
        try {
            return Math.toIntExact(LocalDate.parse(text).toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /**
     * @param zoned whether an offset must stand behind; without, none may
     * @return microseconds since 1970-01-01T00:00; null if the text is no such moment, or finer than a microsecond
     */
    static @Nullable Long micros(String text, boolean zoned) {
        boolean space = text.length() > DAY_LENGTH && text.charAt(DAY_LENGTH) == ' ';
        String iso = space ? text.substring(0, DAY_LENGTH) + 'T' + text.substring(DAY_LENGTH + 1) : text;
        try {
            Instant moment = zoned
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            if (moment.getNano() % NANOS_OF_A_MICRO != 0) {
                return null;
            }
            return Math.addExact(
                    Math.multiplyExact(moment.getEpochSecond(), MICROS_OF_A_SECOND),
                    moment.getNano() / NANOS_OF_A_MICRO);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }
}
