package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.output.UnfitValue;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTransactionTest {
    private static final CollectionSchema SHAPE = new CollectionSchema(
            new CollectionId("s", "n", "t"),
            CollectionKind.TABLE,
            List.of(
                    new Column("id", DataType.Simple.INT64, "bigint", false),
                    new Column("v", DataType.Simple.TEXT, "text", true)),
            List.of("id"),
            List.of());

    private static final UnfitValue UNFIT =
            new UnfitValue("no text", new PipelineException(ErrorCode.VALUE_OUT_OF_RANGE, "what", "where", "remedy"));

    /** From everything on disk to everything in memory. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 50_000, 1L << 40})
    void changesComeBackInOrderWithTheirPlacesWhereverTheyWaited(long memory) {
        try (OpenTransaction transaction = new OpenTransaction(memory)) {
            List<DataChangeEvent> added = new ArrayList<>();
            for (long i = 0; i < 500; i++) {
                if (i % 7 == 0) {
                    transaction.skip();
                }
                DataChangeEvent event = i % 5 == 0
                        ? new RowCreated(transaction.next(SHAPE), new Row(SHAPE, i, UNFIT), null)
                        : i % 3 == 0
                                ? new RowUpdated(transaction.next(SHAPE), null, new Row(SHAPE, i, Unavailable.VALUE))
                                : new RowCreated(transaction.next(SHAPE), new Row(SHAPE, i, "v" + i), null);
                added.add(event);
                transaction.add(event);
            }
            List<DataChangeEvent> drained = new ArrayList<>();
            List<Long> places = new ArrayList<>();
            transaction.drain((event, ordinal) -> {
                drained.add(event);
                places.add(ordinal);
            });
            assertThat(drained).isEqualTo(added);
            assertThat(places)
                    .isEqualTo(
                            added.stream().map(event -> event.order().ordinal()).toList());
        }
    }

    @Test
    void aTransactionThatIsClearedLeavesNothingForTheNext() {
        try (OpenTransaction transaction = new OpenTransaction(0)) {
            transaction.add(new RowCreated(transaction.next(SHAPE), new Row(SHAPE, 1L, "a"), null));
            transaction.clear();
            transaction.add(new RowCreated(transaction.next(SHAPE), new Row(SHAPE, 2L, "b"), null));
            List<Long> places = new ArrayList<>();
            transaction.drain((event, ordinal) -> places.add(ordinal));
            assertThat(places).containsExactly(1L);
        }
    }
}
