package io.vaultline.capture.postgres;

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

    /** Days since 1970-01-01. */
    static int days(String text) {
        return Math.toIntExact(new PgTime(text).date());
    }

    /** Microseconds since midnight, up to and with 24:00. */
    static long time(String text) {
        return new PgTime(text).time();
    }

    /** Microseconds since 1970-01-01T00:00, of a timestamp with or without an offset. */
    static long timestamp(String text) {
        PgTime parser = new PgTime(text);
        long days = parser.date();
        parser.expect(' ');
        long time = parser.time();
        long offset = parser.offset();
        try {
            return Math.subtractExact(Math.addExact(Math.multiplyExact(days, DAY), time), offset);
        } catch (ArithmeticException e) {
            throw ValueProblem.outOfRange("timestamp");
        }
    }

    /** Microseconds since 1970-01-01T00:00Z. */
    static long micros(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1_000);
        } catch (ArithmeticException e) {
            throw ValueProblem.outOfRange("timestamp");
        }
    }

    private long date() {
        if (text.endsWith("infinity")) {
            throw ValueProblem.infinite();
        }
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
