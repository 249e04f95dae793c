package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.ClickHouseTypes;
import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.expression.Expression;
import io.vaultline.vault.expression.Expression.Call;
import io.vaultline.vault.expression.Expression.ColumnValue;
import io.vaultline.vault.expression.Expression.Literal;
import io.vaultline.vault.expression.ExpressionException;
import io.vaultline.vault.expression.Function;
import io.vaultline.vault.expression.Kind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the expressions of computed columns in ClickHouse's SQL. Whatever the values are, none of it fails, since then
 * nobody could read the view: what has no result is null.
 *
 * <p>Numbers are {@code Decimal256} of 18 digits behind the point; results of 57 digits before it or more are null, which
 * leaves the server room for one more sum of two of them.
 */
final class ExpressionSql {
    private static final int SCALE = 18;
    private static final String LARGEST = "1e57";
    private static final int FIRST_DAY = -25_567; // 1900-01-01, the first that the server's functions know
    private static final long MICROS_OF_A_DAY = 86_400_000_000L;
    private static final int LAST_DAY = 120_529; // 2299-12-31

    private final Map<String, DataType> types;
    private final Map<String, String> columns;

    /**
     * @param types of columns by their names at the source
     * @param columns what stands for them
     */
    ExpressionSql(Map<String, DataType> types, Map<String, String> columns) {
        this.types = Map.copyOf(types);
        this.columns = Map.copyOf(columns);
    }

    /** The expression's value as a type; null where it is none of it. */
    String sql(Expression expression, DataType type) {
        String value = sql(expression);
        if (type instanceof Decimal decimal) {
            return decimal(value, decimal);
        }
        return switch ((Simple) type) {
            case INT16 -> "toInt16OrNull(" + text(value) + ")";
            case INT32 -> "toInt32OrNull(" + text(value) + ")";
            case INT64 -> "toInt64OrNull(" + text(value) + ")";
            case FLOAT64 -> "toFloat64OrNull(" + text(value) + ")";
            default -> cast(value, ClickHouseTypes.name(type));
        };
    }

    private static String text(String value) {
        return "toString(" + cast(value, "Decimal(76, 18)") + ")";
    }

    private static String cast(String value, String type) {
        return "CAST(" + value + ", " + Sql.text("Nullable(" + type + ")") + ")";
    }

    private static String decimal(String value, Decimal type) {
        String limit = number(BigDecimal.ONE.movePointRight(type.precision() - type.scale()));
        String fits = "abs(x) < " + limit;
        return with(
                "if(%1$s, CAST(if(%1$s, x, %2$s), %3$s), NULL)"
                        .formatted(
                                fits,
                                number(BigDecimal.ZERO),
                                Sql.text("Nullable(" + ClickHouseTypes.name(type) + ")")),
                "round(" + cast(value, "Decimal(76, 18)") + ", " + type.scale() + ")");
    }

    /** An expression over {@code x} (and {@code y}), each of which is written and computed once. */
    private static String with(String body, String... values) {
        String names = values.length == 1 ? "x" : "(x, y)";
        return Arrays.stream(values)
                .map(value -> "[" + value + "]")
                .collect(Collectors.joining(", ", "arrayMap(" + names + " -> " + body + ", ", ")[1]"));
    }

    private String sql(Expression expression) {
        if (expression instanceof Literal literal) {
            return literal(literal.value());
        }
        if (expression instanceof ColumnValue column) {
            return column(column.column());
        }
        Call call = (Call) expression;
        List<String> arguments = call.arguments().stream().map(this::sql).toList();
        return switch (call.function()) {
            case YEAR -> number("toYear(" + day(call, arguments) + ")");
            case MONTH -> number("toMonth(" + day(call, arguments) + ")");
            case AS_DATE -> day(call, arguments);
            default -> call(call.function(), arguments);
        };
    }

    /** The day of a day or a moment; null where the server's functions would take another one. */
    private String day(Call call, List<String> arguments) {
        boolean isMoment = isMoment(call.arguments().get(0));
        String number = isMoment ? "toUnixTimestamp64Micro(x)" : "toInt32(x)";
        long unit = isMoment ? MICROS_OF_A_DAY : 1;
        return with(
                "if(%s BETWEEN %d AND %d, toDate32(x), NULL)"
                        .formatted(number, FIRST_DAY * unit, (LAST_DAY + 1) * unit - 1),
                arguments.get(0));
    }

    private boolean isMoment(Expression expression) {
        try {
            Kind kind = expression.kind((column, at) ->
                    Kind.of(types.getOrDefault(column, Simple.TEXT)).orElse(Kind.ANY));
            return kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMP_TZ;
        } catch (ExpressionException e) {
            throw new IllegalStateException("the model took an expression whose kinds do not fit", e);
        }
    }

    private static String literal(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number(number);
        }
        return value instanceof String text ? Sql.text(text) : value == null ? "NULL" : value.toString();
    }

    private static String number(BigDecimal number) {
        return "toDecimal256('" + number.toPlainString() + "', " + SCALE + ")";
    }

    private String column(String name) {
        String column = columns.getOrDefault(name, "NULL");
        DataType type = types.getOrDefault(name, Simple.TEXT);
        if (type instanceof Decimal) {
            return "toDecimal256(" + column + ", " + SCALE + ")";
        }
        return switch ((Simple) type) {
            case INT16, INT32, INT64 -> "toDecimal256(" + column + ", " + SCALE + ")";
            case FLOAT32, FLOAT64 -> "toDecimal256OrNull(toString(" + column + "), " + SCALE + ")";
            case NUMERIC -> "toDecimal256OrNull(" + column + ", " + SCALE + ")";
            case UUID -> "toString(" + column + ")";
            default -> column;
        };
    }

    private static String call(Function function, List<String> a) {
        return switch (function) {
            case CONCAT -> a.stream().collect(Collectors.joining(", ", "concat('', ", ")"));
            case LOWER -> "lower(" + a.get(0) + ")";
            case UPPER -> "upper(" + a.get(0) + ")";
            case TRIM -> "trimBoth(" + a.get(0) + ")";
            case SUBSTRING -> substring(a);
            case BEFORE ->
                with("if(position(x, y) = 0, NULL, substring(x, 1, position(x, y) - 1))", a.get(0), a.get(1));
            case AFTER ->
                with("if(position(x, y) = 0, NULL, substring(x, position(x, y) + length(y)))", a.get(0), a.get(1));
            case AS_TEXT -> "toString(" + a.get(0) + ")";
            case AS_NUMBER -> "toDecimal256OrNull(trimBoth(" + a.get(0) + "), " + SCALE + ")";
            case COALESCE -> "coalesce(" + String.join(", ", a) + ")";
            case IF -> "if(" + a.get(0) + ", " + a.get(1) + ", " + (a.size() > 2 ? a.get(2) : "NULL") + ")";
            case AND -> operation("AND", a);
            case OR -> operation("OR", a);
            case NOT -> "(NOT " + a.get(0) + ")";
            case IS_NULL -> "isNull(" + a.get(0) + ")";
            case NEGATE -> "negate(" + a.get(0) + ")";
            case PLUS -> sum("+", a);
            case MINUS -> sum("-", a);
            case TIMES -> product("multiplyDecimal", "*", a);
            case DIVIDED -> product("divideDecimal", "/", a);
            case EQUAL -> operation("=", a);
            case UNEQUAL -> operation("!=", a);
            case LESS -> operation("<", a);
            case AT_MOST -> operation("<=", a);
            case MORE -> operation(">", a);
            case AT_LEAST -> operation(">=", a);
            case YEAR, MONTH, AS_DATE -> throw new IllegalArgumentException("needs the kind of its value: " + function);
        };
    }

    private static String operation(String operator, List<String> a) {
        return "(" + a.get(0) + " " + operator + " " + a.get(1) + ")";
    }

    private static String number(String whole) {
        return "toDecimal256(" + whole + ", " + SCALE + ")";
    }

    /** From a character on, counted from 1, so many characters, or all; a character is a code point. */
    private static String substring(List<String> a) {
        String most = number("1000000000");
        String from = "toInt64(greatest(" + number("1") + ", least(" + a.get(1) + ", " + most + ")))";
        String length =
                a.size() > 2 ? ", toInt64(greatest(" + number("0") + ", least(" + a.get(2) + ", " + most + ")))" : "";
        return "substringUTF8(" + a.get(0) + ", " + from + length + ")";
    }

    private static String sum(String operator, List<String> a) {
        return number("x " + operator + " y", "if(%1$s, x, %2$s) " + operator + " if(%1$s, y, %2$s)", a);
    }

    private static String product(String function, String operator, List<String> a) {
        return number("x " + operator + " y", function + "(if(%1$s, x, %2$s), if(%1$s, y, %2$s), " + SCALE + ")", a);
    }

    /**
     * The server fails on results that are too large, and on a division by zero, even in rows whose value is null; so
     * operands of such results are kept from it.
     */
    private static String number(String roughly, String exactly, List<String> a) {
        String fits = "(abs(" + roughly.replaceAll("[xy]", "toFloat64($0)") + ") < " + LARGEST + ")";
        return with(
                "if(" + fits + ", " + exactly.formatted(fits, number(BigDecimal.ONE)) + ", NULL)", a.get(0), a.get(1));
    }
}
