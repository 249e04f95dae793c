package io.vaultline.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What becomes of values that ClickHouse can't hold.
 *
 * @param standard where no other rule fits
 * @param columns rules for {@code table.column} of the vault, {@code *} stands for anything; the first that fits decides
 */
public record RangeRules(Choice standard, Map<String, Choice> columns) {
    /** What becomes of a value. */
    public enum Choice {
        /** The change becomes a dead letter, if the value can't be stored. */
        FAIL,
        /** The same, also if it is a date that can be stored, but not computed with. */
        STRICT,
        /** The nearest value that can be stored and computed with takes its place. */
        CLAMP;

        /** How the configuration spells it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RangeRules {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** Values that can't be stored become dead letters. */
    public static RangeRules failing() {
        return new RangeRules(Choice.FAIL, Map.of());
    }

    /** The rule of a column. */
    public Choice of(String table, String column) {
        String name = table + "." + column;
        return columns.entrySet().stream()
                .filter(rule -> pattern(rule.getKey()).matcher(name).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(standard);
    }

    private static Pattern pattern(String rule) {
        return Pattern.compile(Pattern.quote(rule).replace("*", "\\E.*\\Q"));
    }
}
