package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.event.Infinity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PgTimeTest {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

    @Property
    void everyDateIsRead(@ForAll @IntRange(min = -2_000_000, max = 106_751_990) int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        String written = date.getYear() > 9999
                ? String.format(Locale.ROOT, "%d-%02d-%02d", date.getYear(), date.getMonthValue(), date.getDayOfMonth())
                : date.format(DATE);
        assertThat(PgTime.days(date.getYear() > 0 ? written : written + " BC")).isEqualTo(day);
    }

    @Property
    void everyTimestampIsReadToTheMicrosecondInEveryZone(
            @ForAll @LongRange(min = 0, max = 253_402_214_400_000_000L) long micros,
            @ForAll @IntRange(min = -57_000, max = 57_000) int offset) {
        Instant instant = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
        OffsetDateTime there = instant.atOffset(ZoneOffset.ofTotalSeconds(offset));
        String written = there.format(DATE) + " " + time(there.toLocalTime()) + zone(there.getOffset());
        assertThat(PgTime.timestamp(written)).isEqualTo(micros);
    }

    /** Without the zeros at the end, as PostgreSQL writes them. */
    private static String time(LocalTime time) {
        String text = time.format(DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT));
        return text.replaceAll("\\.?0+$", "").length() < 8 ? text.substring(0, 8) : text.replaceAll("\\.?0+$", "");
    }

    /** Hours, and minutes and seconds where there are some. */
    private static String zone(ZoneOffset zone) {
        String text = zone.getTotalSeconds() == 0 ? "+00:00" : zone.getId();
        return text.replaceAll(":00$", "").replaceAll("^(...):00$", "$1");
    }

    @Test
    void midnightHasTwoEnds() {
        assertThat(PgTime.time("00:00:00")).isZero();
        assertThat(PgTime.time("24:00:00")).isEqualTo(86_400_000_000L);
        assertThat(PgTime.time("12:00:00.000001")).isEqualTo(43_200_000_001L);
    }

    @Test
    void infinityIsTheEndOfTheRange() {
        assertThat(PgTime.days("infinity")).isEqualTo(Infinity.DATE);
        assertThat(PgTime.days("-infinity")).isEqualTo(Infinity.MINUS_DATE);
        assertThat(PgTime.timestamp("infinity")).isEqualTo(Infinity.TIMESTAMP);
        assertThat(PgTime.timestamp("-infinity")).isEqualTo(Infinity.MINUS_TIMESTAMP);
    }

    @Test
    void whatWouldReadLikeInfinityIsOutOfRange() {
        assertThat(PgTime.timestamp("294247-01-10 04:00:54.775806")).isEqualTo(Infinity.TIMESTAMP - 1);
        assertThatThrownBy(() -> PgTime.timestamp("294247-01-10 04:00:54.775807"))
                .isInstanceOf(ValueProblem.class);
        assertThatThrownBy(() -> PgTime.timestamp("294276-12-31 23:59:59.999999"))
                .isInstanceOf(ValueProblem.class);
    }

    @Test
    void anotherDateStyleIsRefused() {
        assertThatThrownBy(() -> PgTime.days("03/15/2024")).isInstanceOf(IllegalArgumentException.class);
    }
}
