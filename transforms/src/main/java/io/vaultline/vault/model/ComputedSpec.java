package io.vaultline.vault.model;

import io.vaultline.event.DataType;
import io.vaultline.vault.expression.Expression;
import java.util.Objects;

/**
 * A column that the views of an entity compute of its other columns. No table holds it.
 *
 * @param name of the column
 * @param type of its values; what an expression makes that is none of it is null
 * @param expression over columns of the source, by their names there
 * @param text of the expression
 */
public record ComputedSpec(String name, DataType type, Expression expression, String text) {
    public ComputedSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(expression, "expression");
        Objects.requireNonNull(text, "text");
    }
}
