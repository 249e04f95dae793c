package io.vaultline.vault.expression;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An expression over the columns of a row, as a tree; {@code docs/vault.md} has its grammar. */
public sealed interface Expression {
    /** The kinds of columns. */
    interface Columns {
        /**
         * @param at where the name stands in the text
         * @throws ExpressionException if there is no such column, or none that an expression can take
         */
        Kind kind(String column, int at) throws ExpressionException;
    }

    /**
     * A value of the text.
     *
     * @param value null, {@link Boolean}, {@link String}, or {@link java.math.BigDecimal}
     */
    record Literal(@Nullable Object value, Kind kind, int at) implements Expression {
        @Override
        public Kind kind(Columns columns) {
            return kind;
        }
    }

    /** A value of the row. */
    record ColumnValue(String column, int at) implements Expression {
        @Override
        public Kind kind(Columns columns) throws ExpressionException {
            return columns.kind(column, at);
        }
    }

    /** What a function or an operator makes of values. */
    record Call(Function function, List<Expression> arguments, int at) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Kind kind(Columns columns) throws ExpressionException {
            return function.kind(arguments, columns);
        }
    }

    /** Where it begins in the text, from 0; an operator's place is its own. */
    int at();

    /**
     * What its values are.
     *
     * @throws ExpressionException at the first place where columns or kinds are wrong
     */
    Kind kind(Columns columns) throws ExpressionException;

    /** Reads the text of an expression. @throws ExpressionException at the first place where it is wrong */
    static Expression parse(String text) throws ExpressionException {
        return ExpressionParser.parse(text);
    }

    /** The columns that it reads. */
    default Stream<ColumnValue> columns() {
        if (this instanceof ColumnValue column) {
            return Stream.of(column);
        }
        return this instanceof Call call ? call.arguments().stream().flatMap(Expression::columns) : Stream.empty();
    }
}
