package io.vaultline.vault.expression;

import static io.vaultline.vault.expression.Kind.ANY;
import static io.vaultline.vault.expression.Kind.BOOLEAN;
import static io.vaultline.vault.expression.Kind.DATE;
import static io.vaultline.vault.expression.Kind.NUMBER;
import static io.vaultline.vault.expression.Kind.TEXT;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The functions and operators, each with the kinds of its arguments; the last stands for all that follow. */
public enum Function {
    CONCAT("concat", 1, Integer.MAX_VALUE, TEXT, TEXT),
    LOWER("lower", 1, 1, TEXT, TEXT),
    UPPER("upper", 1, 1, TEXT, TEXT),
    TRIM("trim", 1, 1, TEXT, TEXT),
    SUBSTRING("substring", 2, 3, TEXT, TEXT, NUMBER),
    BEFORE("before", 2, 2, TEXT, TEXT),
    AFTER("after", 2, 2, TEXT, TEXT),
    AS_TEXT("text", 1, 1, TEXT, NUMBER),
    AS_NUMBER("number", 1, 1, NUMBER, TEXT),
    YEAR("year", 1, 1, NUMBER, DATE),
    MONTH("month", 1, 1, NUMBER, DATE),
    AS_DATE("date", 1, 1, DATE, DATE),
    COALESCE("coalesce", 1, Integer.MAX_VALUE, ANY, ANY),
    IF("if", 2, 3, ANY, BOOLEAN, ANY),
    AND("and", 2, 2, BOOLEAN, BOOLEAN),
    OR("or", 2, 2, BOOLEAN, BOOLEAN),
    NOT("not", 1, 1, BOOLEAN, BOOLEAN),
    IS_NULL("is null", 1, 1, BOOLEAN, ANY),
    NEGATE("-", 1, 1, NUMBER, NUMBER),
    PLUS("+", 2, 2, NUMBER, NUMBER),
    MINUS("-", 2, 2, NUMBER, NUMBER),
    TIMES("*", 2, 2, NUMBER, NUMBER),
    DIVIDED("/", 2, 2, NUMBER, NUMBER),
    EQUAL("=", 2, 2, BOOLEAN, ANY),
    UNEQUAL("!=", 2, 2, BOOLEAN, ANY),
    LESS("<", 2, 2, BOOLEAN, ANY),
    AT_MOST("<=", 2, 2, BOOLEAN, ANY),
    MORE(">", 2, 2, BOOLEAN, ANY),
    AT_LEAST(">=", 2, 2, BOOLEAN, ANY);

    private final String written;
    private final int fewest;
    private final int most;
    private final Kind result;
    private final Kind first;
    /** Of all arguments behind the first. */
    private final Kind others;

    Function(String written, int fewest, int most, Kind result, Kind... parameters) {
        this.written = written;
        this.fewest = fewest;
        this.most = most;
        this.result = result;
        this.first = parameters[0];
        this.others = parameters[parameters.length - 1];
    }

    private boolean isOperator() {
        return compareTo(AND) >= 0;
    }

    static Optional<Function> named(String name) {
        return Arrays.stream(values())
                .filter(function -> !function.isOperator() && function.written.equals(name))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values())
                .filter(function -> !function.isOperator())
                .map(function -> function.written)
                .sorted()
                .toList();
    }

    /** The operator between two values. */
    static Function operator(String written) {
        return Arrays.stream(values())
                .filter(function -> function.isOperator() && function.fewest == 2 && function.written.equals(written))
                .findFirst()
                .orElseThrow();
    }

    /** @throws ExpressionException if it does not take so many values */
    void checkCount(int count, int at) throws ExpressionException {
        if (count < fewest || count > most) {
            String wanted = most == Integer.MAX_VALUE
                    ? fewest + " or more"
                    : fewest == most ? String.valueOf(fewest) : fewest + " or " + most;
            throw new ExpressionException(at, "`" + written + "` takes " + wanted + " values, not " + count);
        }
    }

    /** @throws ExpressionException if the arguments are none of the function's */
    Kind kind(List<Expression> arguments, Expression.Columns columns) throws ExpressionException {
        Kind same = ANY;
        for (int i = 0; i < arguments.size(); i++) {
            Kind parameter = i == 0 ? first : others;
            Kind wanted = parameter == ANY ? same : parameter;
            Kind found = arguments.get(i).kind(columns);
            boolean moment = parameter == DATE && found.isMoment();
            boolean isNull = parameter == ANY && (found == ANY || wanted == ANY);
            if (found != wanted && !moment && !isNull) {
                throw new ExpressionException(
                        arguments.get(i).at(), "`" + written + "` takes " + wanted + " here, not " + found);
            }
            same = parameter == ANY && same == ANY ? found : same;
        }
        return result == ANY ? same : result;
    }
}
