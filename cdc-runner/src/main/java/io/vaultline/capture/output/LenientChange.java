package io.vaultline.capture.output;

import io.vaultline.codec.ValueText;
import io.vaultline.error.PipelineException;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataType;
import io.vaultline.event.ForeignKey;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change that can always be encoded: columns with values that don't fit are texts.
 *
 * <p>Such a text begins with {@code =}; where a value is not kept, since it is too large or may not leave the source, it is
 * {@code !}.
 *
 * @param unfit the names of these columns
 */
record LenientChange(DataChangeEvent event, List<String> unfit) {
    private static final String KEPT = "=";
    static final String LEFT_OUT = "!";

    LenientChange {
        unfit = List.copyOf(unfit);
    }

    /** A change with its columns that don't fit as texts. */
    static LenientChange of(DataChangeEvent event) {
        Set<String> unfit = new HashSet<>();
        for (Row row : RowImages.of(event)) {
            for (int i = 0; i < row.schema().columns().size(); i++) {
                Object value = row.get(i);
                Column column = row.schema().columns().get(i);
                if (value != null && value != Unavailable.VALUE && !ValueText.fits(column.type(), value)) {
                    unfit.add(column.name());
                }
            }
        }
        return new LenientChange(event, List.of()).asText(unfit, "");
    }

    /** The same without the values of a column. */
    LenientChange without(String column) {
        return asText(Set.of(column), column);
    }

    private LenientChange asText(Set<String> added, String emptied) {
        CollectionSchema old = event.schema();
        List<Column> columns = old.columns().stream()
                .map(column -> added.contains(column.name())
                        ? new Column(column.name(), DataType.Simple.TEXT, column.sourceType(), true)
                        : column)
                .toList();
        CollectionSchema shape =
                new CollectionSchema(old.id(), old.kind(), columns, old.key(), old.foreignKeys(), old.uniqueKeys());
        List<String> all = new ArrayList<>(unfit);
        added.stream().filter(name -> !unfit.contains(name)).sorted().forEach(all::add);
        return new LenientChange(
                RowImages.with(header(event.header(), shape), event, row -> {
                    @Nullable Object[] values = new @Nullable Object[columns.size()];
                    for (int i = 0; i < values.length; i++) {
                        String name = columns.get(i).name();
                        Object value = row.get(i);
                        if (value == null || value == Unavailable.VALUE || !added.contains(name)) {
                            values[i] = value;
                        } else if (name.equals(emptied)) {
                            values[i] = LEFT_OUT;
                        } else {
                            values[i] = text(value);
                        }
                    }
                    return new Row(shape, values);
                }),
                all);
    }

    private static String text(Object value) {
        String text = value instanceof UnfitValue unfit ? unfit.text() : ValueText.of(value);
        return text == null ? LEFT_OUT : KEPT + text;
    }

    private static ChangeHeader header(ChangeHeader header, CollectionSchema shape) {
        return new ChangeHeader(shape, header.order(), header.commitMicros(), header.transaction());
    }

    /**
     * The change as it is under the shape that its collection has by now: without columns that are no longer captured, and
     * with the present types of those that did not fit. Values that still don't are {@link UnfitValue}s.
     *
     * @param problem why the values did not fit
     */
    DataChangeEvent under(CollectionSchema now, PipelineException problem) {
        CollectionSchema shape = shape(now);
        CollectionSchema old = event.schema();
        return RowImages.with(header(event.header(), shape), event, row -> {
            @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
            for (int i = 0; i < values.length; i++) {
                Column column = shape.columns().get(i);
                Object value = row.get(old.indexOf(column.name()).orElseThrow());
                values[i] = unfit.contains(column.name()) && value instanceof String text
                        ? value(column.type(), text, problem)
                        : value;
            }
            return new Row(shape, values);
        });
    }

    private static Object value(DataType type, String text, PipelineException problem) {
        if (text.equals(LEFT_OUT)) {
            return new UnfitValue(null, problem);
        }
        String kept = text.substring(KEPT.length());
        return ValueText.parse(type, kept).orElseGet(() -> new UnfitValue(kept, problem));
    }

    private CollectionSchema shape(CollectionSchema now) {
        List<Column> columns = new ArrayList<>();
        for (Column column : event.schema().columns()) {
            now.indexOf(column.name())
                    .ifPresent(index -> columns.add(
                            unfit.contains(column.name()) ? now.columns().get(index) : column));
        }
        List<String> names = columns.stream().map(Column::name).toList();
        List<ForeignKey> foreignKeys = now.foreignKeys().stream()
                .filter(key -> names.containsAll(key.columns()))
                .toList();
        List<String> key = names.containsAll(now.key()) ? now.key() : List.of();
        CollectionSchema shape =
                new CollectionSchema(now.id(), now.kind(), columns, key, foreignKeys, now.uniqueKeys());
        return shape.equals(now) ? now : shape;
    }
}
