package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import java.util.Optional;

/**
 * Shows values that were stored under a former type in the type that the column has now, as the mapper turns values of
 * an older shape into the model's: numbers and text into each other, anything into text, days into moments.
 */
final class Conversions {
    private Conversions() {}

    /**
     * @param expression of the type {@code from}, or its nullable form
     * @return an expression of the nullable form of the type {@code to}, null where there is no such value; nothing if
     *     the types have no values in common
     */
    static Optional<String> sql(String expression, String from, String to) {
        if (from.equals(to)) {
            return Optional.of(expression);
        }
        if (to.equals("String")) {
            return Optional.of("toString(" + expression + ")");
        }
        boolean fromText = from.equals("String");
        boolean parsed = isNumber(to) ? fromText || isNumber(from) : fromText && to.equals("UUID");
        if (parsed) {
            return Optional.of("accurateCastOrNull(toString(" + expression + "), " + Sql.text(to) + ")");
        }
        boolean midnight = to.startsWith("DateTime64") && from.equals("Date32");
        return midnight ? Optional.of("toDateTime64(" + expression + ", 6, 'UTC')") : Optional.empty();
    }

    private static boolean isNumber(String type) {
        return type.startsWith("Int") || type.startsWith("Float") || type.startsWith("Decimal");
    }
}
