package io.vaultline.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.DataType.Simple;
import org.junit.jupiter.api.Test;

class ColumnTextTest {
    @Test
    void datesTimesAndMomentsAreWrittenAsPeopleWriteThem() {
        assertThat(ColumnText.parse(Simple.DATE, "1970-01-02")).contains(1);
        assertThat(ColumnText.parse(Simple.TIME, "00:00:01.000001")).contains(1_000_001L);
        assertThat(ColumnText.parse(Simple.TIMESTAMP, "1970-01-01T00:00:01")).contains(1_000_000L);
        assertThat(ColumnText.parse(Simple.TIMESTAMP_TZ, "1969-12-31T23:59:59.5Z"))
                .contains(-500_000L);
        assertThat(ColumnText.parse(Simple.INT32, "7")).contains(7);
        assertThat(ColumnText.parse(Simple.DATE, "soon")).isEmpty();
        assertThat(ColumnText.parse(Simple.TIMESTAMP, "9999-12-31T00:00:00")).contains(253_402_214_400_000_000L);
    }

    @Test
    void whatIsWrittenForPeopleCanBeReadBack() {
        for (int days : new int[] {0, -1, 20_000, 100_000_000}) {
            assertThat(ColumnText.parse(Simple.DATE, ColumnText.of(Simple.DATE, days)))
                    .contains(days);
        }
        for (long micros : new long[] {0, -1, 253_402_214_400_000_000L, Long.MAX_VALUE}) {
            assertThat(ColumnText.parse(Simple.TIMESTAMP_TZ, ColumnText.of(Simple.TIMESTAMP_TZ, micros)))
                    .contains(micros);
        }
        assertThat(ColumnText.of(Simple.TIME, 1_000 * 3_600_000_000L)).isEqualTo("3600000000000");
    }
}
