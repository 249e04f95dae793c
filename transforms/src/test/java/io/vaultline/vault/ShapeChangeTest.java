package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of an earlier or later shape than the model's, as a replay and a change of a table under way bring them. */
class ShapeChangeTest {
    private static final CollectionSchema EARLIER = Shapes.table("things")
            .key("id", Simple.INT32)
            .columns(Simple.TEXT, "name", "gone")
            .schema();
    private static final CollectionSchema LATER = Shapes.table("things")
            .column("added", Simple.TEXT)
            .key("id", Simple.INT64)
            .columns(Simple.TEXT, "name")
            .schema();

    @Test
    void columnsAreFoundByName() {
        VaultRows rows = VaultRows.of(model(LATER), Changes.of(EARLIER).created(5, "n", "g"));

        assertThat(rows.only("hub_things").get("id")).isEqualTo(5L);
        assertThat(rows.only("sat_things").get("name")).isEqualTo("n");
        assertThat(rows.only("sat_things").get("added")).isNull();
    }

    @Test
    void anAddedColumnAndAWiderKeyLeaveEarlierHashesAsTheyWere() {
        VaultRows then = VaultRows.of(model(EARLIER), Changes.of(EARLIER).created(5, "n", null));
        VaultRows replayed = VaultRows.of(model(LATER), Changes.of(EARLIER).created(5, "n", null));

        assertThat(replayed.only("sat_things").get("things_hk"))
                .isEqualTo(then.only("sat_things").get("things_hk"));
        assertThat(replayed.only("sat_things").get("hashdiff"))
                .isEqualTo(then.only("sat_things").get("hashdiff"));
    }

    @Test
    void anAddedColumnLeavesRowsWithoutAKeyWhatTheyWere() {
        CollectionSchema before =
                Shapes.table("log").columns(Simple.TEXT, "line").schema();
        CollectionSchema after =
                Shapes.table("log").columns(Simple.TEXT, "level", "line").schema();

        VaultRows then = VaultRows.of(model(before), Changes.of(before).created("x"));
        VaultRows gone = VaultRows.of(model(after), Changes.of(after).deleted(null, "x"));

        assertThat(gone.only("sat_log").get("log_hk"))
                .isEqualTo(then.only("sat_log").get("log_hk"));
    }

    static Stream<Arguments> conversions() {
        return Stream.of(
                Arguments.of(Simple.INT16, 7, Simple.INT64, 7L),
                Arguments.of(Simple.INT64, 7L, Simple.INT16, 7),
                Arguments.of(Simple.INT64, 40_000L, Simple.INT16, null),
                Arguments.of(Simple.INT64, Long.MIN_VALUE, new Decimal(38, 0), new BigDecimal(Long.MIN_VALUE)),
                Arguments.of(Simple.INT32, 7, Simple.TEXT, "7"),
                Arguments.of(Simple.INT32, 7, new Decimal(4, 2), new BigDecimal("7.00")),
                Arguments.of(Simple.INT32, 100, new Decimal(4, 2), null),
                Arguments.of(new Decimal(4, 2), new BigDecimal("1.50"), new Decimal(6, 1), new BigDecimal("1.5")),
                Arguments.of(new Decimal(4, 2), new BigDecimal("1.25"), new Decimal(6, 1), null),
                Arguments.of(new Decimal(4, 2), new BigDecimal("1.50"), Simple.TEXT, "1.50"),
                Arguments.of(Simple.NUMERIC, "1200.00", Simple.INT32, 1200),
                Arguments.of(Simple.NUMERIC, "NaN", Simple.INT32, null),
                Arguments.of(Simple.FLOAT32, 0.5f, Simple.FLOAT64, 0.5),
                Arguments.of(Simple.FLOAT32, Float.NaN, Simple.FLOAT64, Double.NaN),
                Arguments.of(Simple.FLOAT64, Double.POSITIVE_INFINITY, Simple.NUMERIC, "Infinity"),
                Arguments.of(Simple.FLOAT64, 1e300, Simple.FLOAT32, null),
                Arguments.of(Simple.FLOAT64, Double.NEGATIVE_INFINITY, Simple.FLOAT32, Float.NEGATIVE_INFINITY),
                Arguments.of(Simple.FLOAT64, Double.NaN, Simple.INT64, null),
                Arguments.of(Simple.FLOAT64, 1e3, Simple.TEXT, "1000"),
                Arguments.of(Simple.NUMERIC, "1.50", Simple.TEXT, "1.50"),
                Arguments.of(Simple.JSON, "{}", Simple.TEXT, "{}"),
                Arguments.of(Simple.BYTES, new byte[0], Simple.TEXT, null),
                Arguments.of(Simple.BOOLEAN, true, Simple.INT32, null),
                Arguments.of(Simple.TEXT, "12", Simple.INT32, 12),
                Arguments.of(Simple.TEXT, "twelve", Simple.INT32, null),
                Arguments.of(Simple.BOOLEAN, true, Simple.TEXT, "true"),
                Arguments.of(Simple.DATE, 0, Simple.TEXT, "1970-01-01"),
                Arguments.of(Simple.DATE, -1, Simple.TIMESTAMP, -86_400_000_000L),
                Arguments.of(Simple.TIMESTAMP, 0L, Simple.TIMESTAMP_TZ, null),
                Arguments.of(Simple.TEXT, "{}", Simple.JSON, null));
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void aValueOfAnEarlierTypeIsTheSameValueOrRefused(
            DataType earlier, Object value, DataType later, @Nullable Object expected) {
        CollectionSchema before = shape(earlier);
        VaultModel model = model(shape(later));

        if (expected == null) {
            assertThatThrownBy(() -> VaultRows.of(model, Changes.of(before).created(1, value)))
                    .isInstanceOfSatisfying(PipelineException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.VALUE_NOT_SUPPORTED);
                        assertThat(e.where()).isEqualTo("pg.public.things.value");
                    });
        } else {
            VaultRows rows = VaultRows.of(model, Changes.of(before).created(1, value));
            assertThat(rows.only("sat_things").get("value")).isEqualTo(expected);
        }
    }

    private static CollectionSchema shape(DataType value) {
        return Shapes.table("things")
                .key("id", Simple.INT32)
                .column("value", value)
                .schema();
    }

    private static VaultModel model(CollectionSchema schema) {
        return VaultInference.infer(List.of(schema), DeclaredModel.none());
    }
}
