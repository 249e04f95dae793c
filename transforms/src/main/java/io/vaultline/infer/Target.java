package io.vaultline.infer;

import io.vaultline.event.DataType;
import io.vaultline.vault.model.EntitySpec;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A column whose values name rows.
 *
 * @param type of the business key that the column would make; of a primary key its own
 * @param isKey whether it is the entity's primary key
 */
record Target(EntitySpec entity, String column, DataType type, boolean isKey, FieldProfile field) {
    private static final Pattern ID = Pattern.compile("(_?ids?|_?key|_?no|_?nr|_?number)$");

    /** The share of values that are among the target's. */
    double overlap(FieldProfile source) {
        Set<String> keys = field.keys();
        long found = source.keys().stream().filter(keys::contains).count();
        return source.keys().isEmpty() ? 0 : (double) found / source.keys().size();
    }

    /** Whether a path is called like the entity or the column. */
    boolean isNamedBy(String path) {
        String[] steps = path.replace("[]", "").split("\\.", -1);
        String name = stem(steps[steps.length - 1]);
        if (name.isEmpty() && steps.length > 1) {
            name = stem(steps[steps.length - 2]);
        }
        return !name.isEmpty() && (name.equals(stem(entity.name())) || name.equals(stem(column)));
    }

    /** A name without what tells one from many and an id from what it names. */
    static String stem(String name) {
        String lower = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        String bare = ID.matcher(lower).replaceFirst("");
        boolean isPlural = bare.length() > 1 && bare.endsWith("s") && !bare.endsWith("ss");
        return isPlural ? bare.substring(0, bare.length() - 1) : bare;
    }
}
