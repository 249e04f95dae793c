package io.vaultline.capture.postgres;

/** Reads dates and timestamps of four-digit years straight from their bytes; the others are left to {@link PgTime}. */
final class PlainTime {
    /** No timestamp that is stored. */
    static final long NOT_PLAIN = Long.MIN_VALUE;

    private static final int DAY_END = 10;
    private static final int SECONDS_END = 19;
    private static final int DAYS_TO_1970 = 719_468;

    private PlainTime() {}

    /** Days since 1970-01-01 of {@code 2026-01-31}; else {@link #NOT_PLAIN}. */
    static long date(byte[] text, int from, int to) {
        boolean plain = to - from == DAY_END && text[from + 4] == '-' && text[from + 7] == '-';
        return plain ? days(four(text, from), two(text, from + 5), two(text, from + 8)) : NOT_PLAIN;
    }

    /**
     * Microseconds since 1970-01-01T00:00 of {@code 2026-01-31 23:59:59}, with or without a fraction, with or without an
     * offset in whole hours; else {@link #NOT_PLAIN}.
     */
    static long timestamp(byte[] text, int from, int to) {
        if (to - from < SECONDS_END
                || text[from + 4] != '-'
                || text[from + 10] != ' '
                || text[from + 13] != ':'
                || text[from + 16] != ':') {
            return NOT_PLAIN;
        }
        long days = days(four(text, from), two(text, from + 5), two(text, from + 8));
        long seconds = ((days * 24 + two(text, from + 11)) * 60 + two(text, from + 14)) * 60 + two(text, from + 17);
        return withFraction(text, from + SECONDS_END, to, seconds);
    }

    private static long withFraction(byte[] text, int from, int to, long seconds) {
        long micros = 0;
        int at = from;
        if (at < to && text[at] == '.') {
            long unit = 100_000;
            for (at++; at < to && isDigit(text[at]); at++, unit /= 10) {
                micros += (text[at] - '0') * unit;
            }
        }
        long offset = 0;
        if (to - at == 3 && (text[at] == '+' || text[at] == '-')) {
            offset = (text[at] == '+' ? 3_600L : -3_600L) * two(text, at + 1);
        } else if (at != to) {
            return NOT_PLAIN;
        }
        return (seconds - offset) * 1_000_000L + micros;
    }

    /** The civil calendar, counted from March of year 0. */
    private static long days(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = shifted / 400;
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - DAYS_TO_1970;
    }

    private static int four(byte[] text, int at) {
        return two(text, at) * 100 + two(text, at + 2);
    }

    private static int two(byte[] text, int at) {
        return (text[at] - '0') * 10 + text[at + 1] - '0';
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
