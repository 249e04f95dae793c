package io.vaultline.cli;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.codec.SchemaLookup;
import io.vaultline.error.PipelineException;
import io.vaultline.event.Column;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.letter.ColumnText;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterClient.Opened;
import io.vaultline.screen.TextTable;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One dead letter for people: what is known of it, its columns, and, if they ask for it, its values. */
final class LetterContent {
    private static final int MOST_BYTES = 200;
    private static final String HIDDEN = "(hidden)";

    private final boolean reveal;

    /** @param reveal whether to show the data of the row */
    LetterContent(boolean reveal) {
        this.reveal = reveal;
    }

    /** @param schemas of the pipeline */
    List<String> lines(Opened opened, SchemaLookup schemas) {
        DeadLetter letter = opened.letter();
        List<String> lines = new ArrayList<>(LetterText.lines(List.of(letter)));
        lines.remove(lines.size() - 1);
        letter.place().ifPresent(place -> lines.add("Stands in " + place + "."));
        SchemaLookup own = letter.shape()
                .flatMap(ChangeSchema::parse)
                .<SchemaLookup>map(shape -> fingerprint -> shape)
                .orElse(schemas);
        byte[] value = opened.item().value();
        try {
            lines.addAll(change(new ChangeDecoder(own).decode(value), letter.unfit()));
        } catch (IllegalArgumentException | PipelineException e) {
            int shown = Math.min(value.length, MOST_BYTES);
            lines.add("It can't be read as a change: " + value.length + " bytes"
                    + (reveal ? ", " + HexFormat.of().formatHex(value, 0, shown) : ""));
        }
        if (!reveal) {
            lines.add("Values are hidden; --reveal shows them.");
        }
        return lines;
    }

    private List<String> change(DataChangeEvent event, List<String> unfit) {
        Optional<Row> row = row(event);
        if (row.isEmpty()) {
            return List.of("The whole table was emptied.");
        }
        TextTable text = new TextTable("column", "type", "value");
        for (int i = 0; i < event.schema().columns().size(); i++) {
            Column column = event.schema().columns().get(i);
            text.row(List.of(
                    column.name(),
                    unfit.contains(column.name()) ? column.sourceType() : column.type() + "",
                    value(column, row.get().get(i), unfit.contains(column.name()))));
        }
        List<String> lines = new ArrayList<>();
        lines.add(event.getClass().getSimpleName() + ":");
        lines.addAll(text.lines());
        return lines;
    }

    private static Optional<Row> row(DataChangeEvent event) {
        if (event instanceof RowRead read) {
            return Optional.of(read.after());
        } else if (event instanceof RowCreated created) {
            return Optional.of(created.after());
        } else if (event instanceof RowUpdated updated) {
            return Optional.of(updated.after());
        }
        return event instanceof RowDeleted deleted ? Optional.of(deleted.before()) : Optional.empty();
    }

    /** Values that don't fit begin with a mark of the capture. */
    private String value(Column column, @Nullable Object value, boolean unfit) {
        if (value == Unavailable.VALUE) {
            return "(not sent)";
        } else if (!reveal) {
            return HIDDEN;
        } else if (value == null) {
            return "null";
        }
        String text = ColumnText.of(column.type(), value);
        if (unfit) {
            return text.startsWith("=") ? text.substring(1) : "(not kept)";
        }
        return text;
    }
}
