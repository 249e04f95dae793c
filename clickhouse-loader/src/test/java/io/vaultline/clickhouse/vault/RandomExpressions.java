package io.vaultline.clickhouse.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes expressions of every kind, and rows to compute them of. */
final class RandomExpressions {
    static final List<String> TYPES = List.of(
            "text",
            "int16",
            "int32",
            "int64",
            "float64",
            "decimal",
            "decimal(4, 1)",
            "decimal(38, 18)",
            "boolean",
            "date",
            "timestamp_tz");
    private static final int DEEP = 4;

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    /** An expression whose values can have the type. */
    String of(String type) {
        return switch (type) {
            case "text" -> text(0);
            case "boolean" -> flag(0);
            case "date" -> date(0);
            case "timestamp_tz" -> moment(0);
            default -> number(0);
        };
    }

    Row row(CollectionSchema schema, int id) {
        @Nullable Object[] values = new @Nullable Object[schema.columns().size()];
        values[0] = id;
        for (int i = 1; i < values.length; i++) {
            List<@Nullable Object> all =
                    ComputedViews.EXTREMES.getOrDefault(schema.columns().get(i).name(), List.of());
            values[i] = all.get(random.nextInt(all.size()));
        }
        return new Row(schema, values);
    }

    private int dice(int depth, int sides) {
        return depth >= DEEP ? random.nextInt(2) : random.nextInt(sides);
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String text(int depth) {
        int next = depth + 1;
        return switch (dice(depth, 10)) {
            case 0 -> "`Full Name`";
            case 1 -> any("'@'", "''", "' x '", "'ä'");
            case 2 -> any("lower(", "upper(", "trim(") + text(next) + ")";
            case 3 -> "concat(" + text(next) + ", " + text(next) + ")";
            case 4 -> any("before(", "after(") + text(next) + ", " + text(next) + ")";
            case 5 -> "substring(" + text(next) + ", " + number(next) + ")";
            case 6 -> "substring(" + text(next) + ", " + number(next) + ", " + number(next) + ")";
            case 7 -> "text(" + number(next) + ")";
            default -> chosen(text(next), text(next), next);
        };
    }

    private String number(int depth) {
        int next = depth + 1;
        return switch (dice(depth, 10)) {
            case 0 -> any("price", "pieces", "huge", "ratio", "id");
            case 1 -> any("0", "1.5", "9".repeat(57), "0.000000000000000001");
            case 2, 3, 4, 5 -> "(" + number(next) + any(" + ", " - ", " * ", " / ") + number(next) + ")";
            case 6 -> "-" + number(next);
            case 7 -> "number(" + text(next) + ")";
            case 8 -> any("year(", "month(") + any(date(next), moment(next)) + ")";
            default -> chosen(number(next), number(next), next);
        };
    }

    private String flag(int depth) {
        int next = depth + 1;
        return switch (dice(depth, 7)) {
            case 0 -> "ok";
            case 1 -> any("true", "false");
            case 2 -> "(" + number(next) + any(" = ", " < ", " >= ", " != ") + number(next) + ")";
            case 3 -> "(" + text(next) + any(" = ", " <= ", " > ") + text(next) + ")";
            case 4 -> "(" + flag(next) + any(" and ", " or ") + "not " + flag(next) + ")";
            case 5 -> "(" + any(text(next), number(next), date(next)) + any(" is null", " is not null") + ")";
            default -> chosen(flag(next), flag(next), next);
        };
    }

    private String date(int depth) {
        int next = depth + 1;
        return switch (dice(depth, 4)) {
            case 0 -> "day";
            case 1 -> "date(at)";
            case 2 -> "date(" + date(next) + ")";
            default -> chosen(date(next), date(next), next);
        };
    }

    private String moment(int depth) {
        return dice(depth, 3) < 2 ? "at" : chosen("at", moment(depth + 1), depth + 1);
    }

    private String chosen(String one, String other, int depth) {
        return random.nextBoolean()
                ? "coalesce(" + one + ", " + any(other, "null") + ")"
                : "if(" + flag(depth) + ", " + any(one, "null") + ", " + other + ")";
    }
}
