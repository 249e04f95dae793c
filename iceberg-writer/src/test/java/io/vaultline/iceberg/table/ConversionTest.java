package io.vaultline.iceberg.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** What becomes of a value that was written before its column changed its type. */
class ConversionTest {
    @Test
    void whatIsExactIsConverted() {
        assertThat(read(7, Types.IntegerType.get(), Simple.INT64)).contains(7L);
        assertThat(read(7L, Types.LongType.get(), Simple.INT16)).contains(7);
        assertThat(read(0.5f, Types.FloatType.get(), Simple.FLOAT64)).contains(0.5d);
        assertThat(read(0.5d, Types.DoubleType.get(), Simple.FLOAT32)).contains(0.5f);
        assertThat(read(7L, Types.LongType.get(), new DataType.Decimal(5, 2))).contains(new BigDecimal("7.00"));
        assertThat(read(new BigDecimal("7.50"), Types.DecimalType.of(5, 2), new DataType.Decimal(4, 1)))
                .contains(new BigDecimal("7.5"));
        assertThat(read(new BigDecimal("7.50"), Types.DecimalType.of(5, 2), Simple.NUMERIC))
                .contains("7.50");
        assertThat(read(7, Types.IntegerType.get(), Simple.TEXT)).contains("7");
    }

    @Test
    void whatIsNotExactIsUnavailableAndNeverNull() {
        assertThat(read(70_000L, Types.LongType.get(), Simple.INT16)).isEmpty();
        assertThat(read(0.1d, Types.DoubleType.get(), Simple.FLOAT32)).isEmpty();
        assertThat(read(new BigDecimal("7.55"), Types.DecimalType.of(5, 2), new DataType.Decimal(4, 1)))
                .isEmpty();
        assertThat(read(1_000L, Types.LongType.get(), new DataType.Decimal(4, 2)))
                .isEmpty();
    }

    @Test
    void aNumberIsNoDateAndALocalTimeNoInstant() {
        assertThat(read(7, Types.IntegerType.get(), Simple.DATE)).isEmpty();
        assertThat(read(7L, Types.LongType.get(), Simple.TIMESTAMP_TZ)).isEmpty();
        assertThat(read(7L, Types.TimestampType.withoutZone(), Simple.TIMESTAMP_TZ))
                .isEmpty();
        assertThat(read(7, Types.DateType.get(), Simple.INT32)).isEmpty();
        assertThat(read("7", Types.StringType.get(), Simple.INT32)).isEmpty();
    }

    private static Optional<Object> read(Object value, Type column, DataType wanted) {
        return IcebergTypes.fromIceberg(value, column, wanted);
    }
}
