package io.vaultline.vault.file;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.vault.expression.Expression;
import io.vaultline.vault.expression.ExpressionException;
import io.vaultline.vault.expression.Kind;
import io.vaultline.vault.model.ComputedSpec;
import io.vaultline.vault.model.VaultNames;
import io.vaultline.vault.value.FieldReader;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A column that the views of an entity compute, as the vault model file states it.
 *
 * @param text of the expression
 */
public record DeclaredComputed(Named name, DataType type, Expression expression, Named text) {
    private static final Set<String> PERIOD = Set.of("valid_from", "valid_to");

    public DeclaredComputed {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(expression, "expression");
        Objects.requireNonNull(text, "text");
    }

    /** What becomes of it; empty if the collection does not have what it takes. */
    public Optional<ComputedSpec> spec(CollectionSchema schema) {
        try {
            return !isTaken(schema) && fits(kind(schema))
                    ? Optional.of(new ComputedSpec(name.name(), type, expression, text.name()))
                    : Optional.empty();
        } catch (ExpressionException e) {
            return Optional.empty(); // which the check of the file tells with all that is wrong
        }
    }

    /** Whether the views show a column of the source by that name. */
    boolean isTaken(CollectionSchema schema) {
        return PERIOD.contains(name.name())
                || schema.columns().stream()
                        .anyMatch(column -> VaultNames.safe(column.name()).equals(name.name()));
    }

    /** The kind of its values. @throws ExpressionException if columns or their kinds are wrong */
    Kind kind(CollectionSchema schema) throws ExpressionException {
        return expression.kind((column, at) -> {
            if (schema.indexOf(column).isEmpty()) {
                throw ExpressionException.unknown(
                        at,
                        "column",
                        column,
                        schema.columns().stream().map(known -> known.name()).toList());
            }
            DataType found = FieldReader.typeOf(schema, column);
            return Kind.of(found)
                    .orElseThrow(() -> new ExpressionException(
                            at, "`" + column + "` is " + found + ", which no expression can take"));
        });
    }

    /** Whether values of a kind can have the column's type. */
    boolean fits(Kind kind) {
        return kind == Kind.ANY || Kind.of(type).filter(kind::equals).isPresent();
    }
}
