package io.vaultline.capture.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.ChangeEncoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LenientChangeTest {
    private static final Column ID = new Column("id", DataType.Simple.INT32, "integer", false);
    private static final Column AMOUNT = new Column("amount", new DataType.Decimal(10, 2), "numeric(10,2)", true);
    private static final Column NOTE = new Column("note", DataType.Simple.TEXT, "text", true);
    private static final CollectionSchema SHAPE = shape(List.of(ID, AMOUNT, NOTE));
    private final PipelineException problem =
            new PipelineException(ErrorCode.VALUE_OUT_OF_RANGE, "what", "where", "remedy");
    private final UnfitValue nan = new UnfitValue("NaN", problem);

    private static CollectionSchema shape(List<Column> columns) {
        return new CollectionSchema(
                new CollectionId("pg", "public", "item"), CollectionKind.TABLE, columns, List.of("id"), List.of());
    }

    private static ChangeHeader header(CollectionSchema shape) {
        return new ChangeHeader(shape, new CommitOrder(5, 6), 7, "tx");
    }

    private static Row row(@Nullable Object... values) {
        return new Row(SHAPE, values);
    }

    /** As it is written and read again. */
    private static LenientChange kept(DataChangeEvent event) {
        LenientChange change = LenientChange.of(event);
        ChangeSchema schema = ChangeSchema.of(change.event().schema());
        byte[] bytes = new ChangeEncoder().encode(schema, change.event());
        return new LenientChange(new ChangeDecoder(fingerprint -> schema).decode(bytes), change.unfit());
    }

    @Test
    void aChangeWithAValueThatDoesNotFitIsKeptWholeAndStillDoesNotFit() {
        DataChangeEvent event =
                new RowUpdated(header(SHAPE), row(1, new BigDecimal("1.50"), "=a"), row(1, nan, Unavailable.VALUE));
        LenientChange kept = kept(event);
        assertThat(kept.unfit()).containsExactly("amount");
        assertThat(kept.under(SHAPE, problem)).isEqualTo(event);
        assertThat(kept.under(SHAPE, problem).schema()).isSameAs(SHAPE);
        assertThatThrownBy(() -> new ChangeEncoder().encode(ChangeSchema.of(SHAPE), kept.under(SHAPE, problem)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChangeFitsOnceItsColumnIsLeftOutOrHasATypeForTheValue() {
        LenientChange kept = kept(new RowCreated(header(SHAPE), row(1, nan, "n"), null));
        CollectionSchema without = shape(List.of(ID, NOTE));
        assertThat(kept.under(without, problem))
                .isEqualTo(new RowCreated(header(without), new Row(without, 1, "n"), null));
        CollectionSchema wide =
                shape(List.of(ID, new Column("amount", DataType.Simple.NUMERIC, "numeric", true), NOTE));
        assertThat(kept.under(wide, problem))
                .isEqualTo(new RowCreated(header(wide), new Row(wide, 1, "NaN", "n"), null));
    }

    @Test
    void aColumnThatCameLaterIsNotInventedForAnOldChange() {
        LenientChange kept = kept(new RowDeleted(header(SHAPE), row(1, nan, null), null));
        CollectionSchema later =
                shape(List.of(ID, NOTE, new Column("added", DataType.Simple.BOOLEAN, "boolean", false)));
        DataChangeEvent event = kept.under(later, problem);
        assertThat(event.schema()).isEqualTo(shape(List.of(ID, NOTE)));
    }

    @Test
    void aValueThatIsNotKeptNeverComesBackAsSomethingElse() {
        DataChangeEvent event = new RowCreated(header(SHAPE), row(1, null, "too large"), null);
        DataChangeEvent back = LenientChange.of(event).without("note").under(SHAPE, problem);
        assertThat(back.row().get("note")).isInstanceOf(UnfitValue.class);
        assertThat(back.row().get("amount")).isNull();
        DataChangeEvent masked = kept(new RowCreated(header(SHAPE), row(1, new UnfitValue(null, problem), "n"), null))
                .under(SHAPE, problem);
        assertThat(masked.row().get("amount")).isInstanceOf(UnfitValue.class);
    }
}
