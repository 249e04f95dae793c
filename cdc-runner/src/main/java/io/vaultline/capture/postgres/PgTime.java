package io.vaultline.capture.postgres;

import io.vaultline.event.Infinity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** Reads dates and times as PostgreSQL writes them with {@code DateStyle = ISO}, to the microsecond. */
final class PgTime {
    private static final long MICROS = 1_000_000L;
    private static final long DAY = 86_400L * MICROS;

    private final String text;
    private int at;

    private PgTime(String text) {
        this.text = text;
    }

    /** Days since 1970-01-01, or {@link Infinity}. */
    static int days(String text) {
        if (isInfinite(text)) {
            return isNegative(text) ? Infinity.MINUS_DATE : Infinity.DATE;
        }
        return Math.toIntExact(new PgTime(text).date());
    }

    /** Microseconds since midnight, up to and with 24:00. */
    static long time(String text) {
        return new PgTime(text).time();
    }

    /** Microseconds since 1970-01-01T00:00, of a timestamp with or without an offset, or {@link Infinity}. */
    static long timestamp(String text) {
        if (isInfinite(text)) {
            return isNegative(text) ? Infinity.MINUS_TIMESTAMP : Infinity.TIMESTAMP;
        }
        PgTime parser = new PgTime(text);
        long days = parser.date();
        parser.expect(' ');
        long time = parser.time();
        long offset = parser.offset();
        try {
            return finite(Math.subtractExact(Math.addExact(Math.multiplyExact(days, DAY), time), offset));
        } catch (ArithmeticException e) {
            throw ValueProblem.outOfRange("timestamp");
        }
    }

    /** Microseconds since 1970-01-01T00:00Z. */
    static long micros(Instant instant) {
        try {
            return finite(
                    Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1_000));
        } catch (ArithmeticException e) {
            throw ValueProblem.outOfRange("timestamp");
        }
    }

    /** PostgreSQL counts from 2000, and so has timestamps of thirty more years at the end, until 294276. */
    private static long finite(long micros) {
        if (micros == Infinity.TIMESTAMP || micros == Infinity.MINUS_TIMESTAMP) {
            throw ValueProblem.outOfRange("timestamp");
        }
        return micros;
    }

    private static boolean isInfinite(String text) {
        return text.endsWith("infinity");
    }

    private static boolean isNegative(String text) {
        return text.startsWith("-");
    }

    private long date() {
        int year = number();
        expect('-');
        int month = number();
        expect('-');
        int day = number();
        try {
            return LocalDate.of(text.endsWith(" BC") ? 1 - year : year, month, day)
                    .toEpochDay();
        } catch (DateTimeException e) {
            throw ValueProblem.outOfRange("date");
        }
    }

    private long time() {
        long hours = number();
        expect(':');
        long minutes = number();
        expect(':');
        long seconds = number();
        return ((hours * 60 + minutes) * 60 + seconds) * MICROS + (skip('.') ? fraction() : 0);
    }

    private long fraction() {
        long micros = 0;
        for (long unit = MICROS / 10; at < text.length() && digit() >= 0; unit /= 10, at++) {
            micros += digit() * unit;
        }
        return micros;
    }

    private long offset() {
        boolean west = at < text.length() && text.charAt(at) == '-';
        if (!skip('+') && !skip('-')) {
            return 0;
        }
        long seconds = number() * 3_600L;
        seconds += skip(':') ? number() * 60L : 0;
        seconds += skip(':') ? number() : 0;
        return (west ? -seconds : seconds) * MICROS;
    }

    private int number() {
        int start = at;
        int value = 0;
        while (at < text.length() && digit() >= 0) {
            value = Math.addExact(Math.multiplyExact(value, 10), digit());
            at++;
        }
        if (at == start) {
            throw unreadable();
        }
        return value;
    }

    private int digit() {
        int digit = text.charAt(at) - '0';
        return digit >= 0 && digit <= 9 ? digit : -1;
    }

    private boolean skip(char wanted) {
        boolean found = at < text.length() && text.charAt(at) == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char wanted) {
        if (!skip(wanted)) {
            throw unreadable();
        }
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("no date or time as PostgreSQL writes it with DateStyle = ISO");
    }
}
