package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.vault.model.ElementColumn;
import io.vaultline.vault.model.MultiActiveSpec;
import io.vaultline.vault.value.DocumentField;
import io.vaultline.vault.value.JsonFit;
import io.vaultline.vault.value.JsonValue;
import io.vaultline.vault.value.JsonValue.Elements;
import io.vaultline.vault.value.JsonValue.Nothing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the elements of an array out of rows of one shape, in the types of a multi-active satellite's columns. */
final class ArrayReader {
    /**
     * What a row says of the array.
     *
     * @param elements empty if there are none
     * @param noArray what stands in the array's place, if that is something else
     */
    record Found(List<Element> elements, Optional<JsonValue> noArray) {}

    /**
     * @param values one for each column; null also where there is a value that does not fit
     * @param unfit places of the columns with such values
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Element(JsonValue whole, @Nullable Object[] values, List<Integer> unfit) {}

    private final DocumentField array;
    private final List<List<String>> paths;
    private final List<JsonFit> fits;

    ArrayReader(MultiActiveSpec spec, CollectionSchema shape) {
        this.paths = spec.columns().stream().map(ElementColumn::steps).toList();
        this.fits = spec.columns().stream()
                .map(column -> new JsonFit(column.type()))
                .toList();
        int deepest = paths.stream().mapToInt(List::size).max().orElse(0);
        this.array = new DocumentField(spec.steps(), 1 + deepest, shape);
    }

    /** @return empty if the row does not say */
    Optional<Found> read(Row row) {
        JsonValue value = array.read(row);
        if (value == Nothing.UNAVAILABLE) {
            return Optional.empty();
        }
        if (value instanceof Elements found) {
            return Optional.of(
                    new Found(found.elements().stream().map(this::element).toList(), Optional.empty()));
        }
        return Optional.of(new Found(List.of(), value == Nothing.NULL ? Optional.empty() : Optional.of(value)));
    }

    private Element element(JsonValue whole) {
        @Nullable Object[] values = new @Nullable Object[paths.size()];
        List<Integer> unfit = new ArrayList<>(0);
        for (int i = 0; i < values.length; i++) {
            JsonValue value = at(whole, i);
            values[i] = fits.get(i).fit(value);
            if (values[i] == null && value != Nothing.NULL) {
                unfit.add(i);
            }
        }
        return new Element(whole, values, unfit);
    }

    /** What stands in an element at a column's path. */
    JsonValue at(JsonValue element, int column) {
        return element.at(paths.get(column));
    }
}
