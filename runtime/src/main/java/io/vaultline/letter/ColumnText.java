package io.vaultline.letter;

import io.vaultline.codec.ValueText;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Values as people write and read them: dates and times in ISO 8601, moments in UTC, bytes in Base64. */
public final class ColumnText {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private ColumnText() {}

    /** The value of a type with this text; nothing if the type has none. */
    public static Optional<Object> parse(DataType type, String text) {
        try {
            if (type == Simple.DATE) {
                return Optional.of(Math.toIntExact(LocalDate.parse(text).toEpochDay()));
            } else if (type == Simple.TIME) {
                return Optional.of(LocalTime.parse(text).toNanoOfDay() / NANOS_PER_MICRO);
            } else if (type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_TZ) {
                return Optional.of(micros(moment(text)));
            }
            return ValueText.parse(type, text);
        } catch (DateTimeException | ArithmeticException e) {
            return ValueText.parse(type, text);
        }
    }

    private static long micros(Instant moment) {
        long seconds = Math.multiplyExact(moment.getEpochSecond(), MICROS_PER_SECOND);
        return Math.addExact(seconds, moment.getNano() / NANOS_PER_MICRO);
    }

    private static Instant moment(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    /** The text of a value; what has none in the calendar is its number. */
    public static String of(DataType type, Object value) {
        try {
            if (type == Simple.DATE) {
                return LocalDate.ofEpochDay((Integer) value).toString();
            } else if (type == Simple.TIME) {
                return LocalTime.ofNanoOfDay(Math.multiplyExact((Long) value, NANOS_PER_MICRO))
                        .toString();
            } else if (type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_TZ) {
                return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString();
            }
        } catch (DateTimeException | ArithmeticException e) {
            return ValueText.of(value);
        }
        return ValueText.of(value);
    }
}
