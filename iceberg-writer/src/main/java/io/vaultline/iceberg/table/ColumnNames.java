package io.vaultline.iceberg.table;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of a source's columns in a history table: as the source spells them, unless engines or the pipeline could
 * mistake them for another column. Those get a suffix that follows from the name alone.
 */
final class ColumnNames {
    /** What the names of side columns end with; a source's own column of such a name must not be taken for one. */
    private static final Pattern SIDE = Pattern.compile(
            ".*__(boolean|int|long|float|double|string|binary|date|time"
                    + "|timestamp|timestamptz|uuid|decimal_\\d+_\\d+)",
            Pattern.DOTALL);

    private ColumnNames() {}

    /**
     * The name that a column of the source has, or would get, beside other columns.
     *
     * @param taken the names in the table
     */
    static String of(String sourceName, Set<String> taken) {
        if (isKept(sourceName)) {
            return suffixed(sourceName);
        } else if (taken.contains(sourceName)) {
            return sourceName;
        }
        String suffixed = suffixed(sourceName);
        boolean ambiguous = taken.contains(suffixed) || taken.stream().anyMatch(sourceName::equalsIgnoreCase);
        return ambiguous ? suffixed : sourceName;
    }

    /** The name of the column that holds values of a type that does not fit the column itself. */
    static String side(String name, String typeSuffix) {
        return name + "__" + typeSuffix;
    }

    private static boolean isKept(String name) {
        return name.isBlank()
                || CdcColumns.reserve(name)
                || SIDE.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    private static String suffixed(String name) {
        return name + "_" + ShortHash.of(name, 3);
    }
}
