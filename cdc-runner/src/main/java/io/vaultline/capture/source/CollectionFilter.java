package io.vaultline.capture.source;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.capture.mask.Glob;
import io.vaultline.capture.mask.Masks;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.CollectionId;
import java.util.List;

/**
 * What of a source is captured, and how its columns are masked. Patterns are {@code namespace.collection} and {@code
 * namespace.collection.column}, case-sensitive; {@code *} stands for any characters, also for dots and for none.
 */
public final class CollectionFilter {
    private final List<Glob> include;
    private final List<Glob> exclude;
    private final Masks masks;

    private CollectionFilter(List<String> include, List<String> exclude, Masks masks) {
        this.include = include.stream().map(Glob::new).toList();
        this.exclude = exclude.stream().map(Glob::new).toList();
        this.masks = masks;
    }

    /** The filter of a source's configuration. */
    public static CollectionFilter of(SourceConfig source) {
        return new CollectionFilter(source.include(), source.exclude(), Masks.of(source));
    }

    /** Whether the collection is captured. */
    public boolean accepts(CollectionId id) {
        String name = id.namespace() + "." + id.name();
        return (include.isEmpty() || matches(include, name)) && !matches(exclude, name);
    }

    /** Whether the column of a captured collection is captured. */
    public boolean acceptsColumn(CollectionId id, String column) {
        return !mask(id, column).drops();
    }

    /** What happens to the values of a column before they become part of a row. */
    public ColumnMask mask(CollectionId id, String column) {
        return masks.column(id, column);
    }

    /** All masks, also those of fields inside of documents. */
    public Masks masks() {
        return masks;
    }

    private static boolean matches(List<Glob> globs, String name) {
        return globs.stream().anyMatch(glob -> glob.matches(name));
    }
}
