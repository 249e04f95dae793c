package io.vaultline.vault.inference;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.ForeignKey;
import io.vaultline.vault.value.Conversion;
import io.vaultline.vault.value.FieldReader;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a table that hold the whole primary key of another captured table.
 *
 * @param columns in the order of the target's key
 */
record Reference(List<String> columns, CollectionSchema target) {

    /** What a table's foreign keys refer to, each reference once, in the order of the columns. */
    static List<Reference> of(CollectionSchema table, Map<CollectionId, CollectionSchema> captured) {
        return table.foreignKeys().stream()
                .flatMap(key -> of(table, key, captured.get(key.target())).stream())
                .distinct()
                .sorted(Comparator.<Reference, int[]>comparing(r -> places(table, r.columns()), Arrays::compare)
                        .thenComparing(r -> r.target().id()))
                .toList();
    }

    private static Optional<Reference> of(CollectionSchema table, ForeignKey key, @Nullable CollectionSchema target) {
        if (target == null || target.key().isEmpty() || !isWholeKey(target, key)) {
            return Optional.empty();
        }
        List<String> columns = target.key().stream()
                .map(column -> key.columns().get(key.targetColumns().indexOf(column)))
                .toList();
        return fits(table, columns, target) ? Optional.of(new Reference(columns, target)) : Optional.empty();
    }

    private static boolean isWholeKey(CollectionSchema target, ForeignKey key) {
        return key.targetColumns().size() == target.key().size()
                && new HashSet<>(key.targetColumns()).equals(new HashSet<>(target.key()));
    }

    /** Whether the table has these columns (they can be left out of the capture), in types that can hold such a key. */
    private static boolean fits(CollectionSchema table, List<String> columns, CollectionSchema target) {
        return IntStream.range(0, columns.size())
                .allMatch(i -> table.indexOf(columns.get(i)).isPresent()
                        && Conversion.between(
                                        FieldReader.typeOf(table, columns.get(i)),
                                        FieldReader.typeOf(target, target.key().get(i)))
                                != Conversion.NONE);
    }

    private static int[] places(CollectionSchema table, List<String> columns) {
        return columns.stream()
                .mapToInt(column -> table.indexOf(column).orElseThrow())
                .toArray();
    }
}
