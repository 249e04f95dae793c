package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
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
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes as pgoutput writes them, of a table whose middle column is left out. */
class TableMessagesTest {
    private static final CollectionSchema SHAPE = new CollectionSchema(
            new CollectionId("s", "public", "t"),
            CollectionKind.TABLE,
            List.of(
                    new Column("id", DataType.Simple.INT32, "integer", false),
                    new Column("v", DataType.Simple.TEXT, "text", true)),
            List.of("id"),
            List.of());
    private static final List<SpokenColumn> COLUMNS = List.of(
            new SpokenColumn("id", "integer", 23, 0, 0, false),
            new SpokenColumn("secret", "text", 25, 0, 0, true),
            new SpokenColumn("v", "text", 25, 0, 0, true));
    private static final CollectionFilter FILTER = CollectionFilter.of(new SourceConfig.Postgres(
            "s",
            "jdbc:postgresql://localhost/db",
            "u",
            new Secret("p"),
            "slot",
            "publication",
            List.of(),
            List.of(),
            List.of("public.t.secret"),
            Duration.ofSeconds(1)));
    private static final String NULL = "\0null";
    private static final String UNCHANGED = "\0unchanged";

    private final TableMessages messages =
            new TableMessages(new TupleReader(SHAPE, COLUMNS, FILTER), new RowChanges(SHAPE));
    private final List<DataChangeEvent> events = new ArrayList<>();
    private final ChangeSink sink = new ChangeSink() {
        private long ordinal;

        @Override
        public ChangeHeader next(CollectionSchema shape) {
            return new ChangeHeader(shape, new CommitOrder(1, ++ordinal), 2, null);
        }

        @Override
        public void skip() {
            ordinal++;
        }

        @Override
        public void add(DataChangeEvent event) {
            events.add(event);
        }

        @Override
        public ChangeSink sharing() {
            throw new AssertionError("nobody asks for it");
        }
    };

    private static Row row(Object... values) {
        return new Row(SHAPE, values);
    }

    @Test
    void aColumnThatIsLeftOutIsReadOver() {
        messages.insert(message('N', "7", "hidden", "v\u00e4"), sink);
        assertThat(((RowCreated) events.get(0)).after()).isEqualTo(row(7, "v\u00e4"));
    }

    @Test
    void nullEmptyAndUnsentAreThree() {
        messages.update(message('N', "7", NULL, NULL), sink);
        messages.update(message('N', "7", NULL, ""), sink);
        messages.update(message('N', "7", UNCHANGED, UNCHANGED), sink);
        assertThat(events)
                .extracting(event -> ((RowUpdated) event).after().get("v"))
                .containsExactly(null, "", Unavailable.VALUE);
    }

    @Test
    void aChangedKeyEndsOneRowAndBeginsAnother() {
        messages.update(message('K', "7", NULL, NULL, 'N', "8", "x", "y"), sink);
        RowDeleted end = (RowDeleted) events.get(0);
        RowCreated beginning = (RowCreated) events.get(1);
        assertThat(end.before()).isEqualTo(row(7, Unavailable.VALUE));
        assertThat(end.movedTo()).isEqualTo(beginning.after().keyOnly());
        assertThat(beginning.movedFrom()).isEqualTo(end.before());
        assertThat(beginning.after()).isEqualTo(row(8, "y"));
        assertThat(events).extracting(event -> event.order().ordinal()).containsExactly(1L, 2L);
    }

    @Test
    void aWholeOldRowHasWhatTheNewOneWasSentWithout() {
        messages.update(message('O', "7", NULL, "large", 'N', "7", NULL, UNCHANGED), sink);
        RowUpdated update = (RowUpdated) events.get(0);
        assertThat(update.before()).isEqualTo(row(7, "large"));
        assertThat(update.after()).isEqualTo(row(7, "large"));
    }

    @Test
    void aWholeOldRowsNullIsNullAndThatOfAKeyIsNothing() {
        messages.delete(message('O', "7", NULL, NULL), sink);
        messages.delete(message('K', "7", NULL, NULL), sink);
        assertThat(events)
                .extracting(event -> ((RowDeleted) event).before().get("v"))
                .containsExactly(null, Unavailable.VALUE);
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> messages.insert(message('N', "7", "v"), sink))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 columns");
    }

    /** A message behind the relation's id; a character begins a tuple of the texts that follow. */
    private static MessageCursor message(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Object> all = List.of(parts);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Character kind) {
                out.write(kind);
                long texts = all.subList(i + 1, all.size()).stream()
                        .takeWhile(String.class::isInstance)
                        .count();
                out.write(0);
                out.write((int) texts);
            } else {
                value(out, (String) all.get(i));
            }
        }
        MessageBlock block = new MessageBlock();
        block.add(out.toByteArray(), 0, false);
        MessageCursor cursor = block.first();
        cursor.nextMessage();
        return cursor;
    }

    private static void value(ByteArrayOutputStream out, String value) {
        if (value.equals(NULL)) {
            out.write('n');
        } else if (value.equals(UNCHANGED)) {
            out.write('u');
        } else {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            out.write('t');
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            out.writeBytes(text);
        }
    }
}
