package io.vaultline.capture.source;

import io.vaultline.config.SourceConfig;
import io.vaultline.event.CollectionId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a source is captured. Patterns are {@code namespace.collection} and {@code namespace.collection.column},
 * case-sensitive; {@code *} stands for any characters, also for dots and for none.
 */
public final class CollectionFilter {
    private final List<Pattern> include;
    private final List<Pattern> exclude;
    private final List<Pattern> excludeColumns;

    private CollectionFilter(List<String> include, List<String> exclude, List<String> excludeColumns) {
        this.include = patterns(include);
        this.exclude = patterns(exclude);
        this.excludeColumns = patterns(excludeColumns);
    }

    /** The filter of a source's configuration. */
    public static CollectionFilter of(SourceConfig source) {
        return new CollectionFilter(source.include(), source.exclude(), source.excludeColumns());
    }

    /** Whether the collection is captured. */
    public boolean accepts(CollectionId id) {
        String name = id.namespace() + "." + id.name();
        return (include.isEmpty() || matches(include, name)) && !matches(exclude, name);
    }

    /** Whether the column of a captured collection is captured. */
    public boolean acceptsColumn(CollectionId id, String column) {
        return !matches(excludeColumns, id.namespace() + "." + id.name() + "." + column);
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static List<Pattern> patterns(List<String> globs) {
        return globs.stream().map(CollectionFilter::pattern).toList();
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String literal : glob.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
