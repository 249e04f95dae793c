package io.vaultline.vault.expression;

import io.vaultline.vault.expression.Expression.Call;
import io.vaultline.vault.expression.Expression.ColumnValue;
import io.vaultline.vault.expression.Expression.Literal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads expressions by recursive descent. */
final class ExpressionParser {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(?<number>\\d+(?:\\.\\d+)?)|'(?<text>(?:[^']|'')*+)'|`(?<quoted>[^`]+)`"
                    + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)|(?<sign><=|>=|!=|[-+*/=<>(),])|$)");
    private static final int MAX_LENGTH = 500;
    private static final int MAX_DIGITS_BEFORE_POINT = 57;
    private static final int MAX_DIGITS_BEHIND_POINT = 18;
    private static final List<List<String>> LEVELS = List.of(
            List.of("or"),
            List.of("and"),
            List.of("=", "!=", "<", "<=", ">", ">="),
            List.of("+", "-"),
            List.of("*", "/"));
    private static final int COMPARISON = 2;

    private final String text;
    private final Matcher token;
    /** The operator, sign or word at the current place, in lower case; empty if there is something else. */
    private String word = "";

    private int at;
    private int end;

    private ExpressionParser(String text) throws ExpressionException {
        this.text = text;
        this.token = TOKEN.matcher(text);
        next();
    }

    static Expression parse(String text) throws ExpressionException {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionException(0, "an expression has " + MAX_LENGTH + " characters at most");
        }
        ExpressionParser parser = new ExpressionParser(text);
        Expression all = parser.operation(0);
        if (parser.at < text.length()) {
            throw parser.unexpected("an operator, or the end,");
        }
        return all;
    }

    private Expression operation(int level) throws ExpressionException {
        if (level == LEVELS.size()) {
            return value();
        }
        int start = at;
        if (level == COMPARISON && accept("not")) {
            return call(Function.NOT, List.of(operation(level)), start);
        }
        Expression left = operation(level + 1);
        while (LEVELS.get(level).contains(word)) {
            Function operator = Function.operator(word);
            int place = at;
            next();
            left = call(operator, List.of(left, operation(level + 1)), place);
        }
        return level == COMPARISON && accept("is") ? isNull(left, start) : left;
    }

    private Expression isNull(Expression value, int start) throws ExpressionException {
        boolean negated = accept("not");
        expect("null");
        Expression isNull = call(Function.IS_NULL, List.of(value), start);
        return negated ? call(Function.NOT, List.of(isNull), start) : isNull;
    }

    private Expression value() throws ExpressionException {
        int start = at;
        if (accept("-")) {
            return call(Function.NEGATE, List.of(value()), start);
        }
        if (accept("(")) {
            Expression inner = operation(0);
            expect(")");
            return inner;
        }
        String number = token.group("number");
        String literal = token.group("text");
        if (number != null) {
            next();
            return number(number, start);
        }
        if (literal != null) {
            next();
            return new Literal(literal.replace("''", "'"), Kind.TEXT, start);
        }
        if (word.equals("true") || word.equals("false")) {
            boolean value = word.equals("true");
            next();
            return new Literal(value, Kind.BOOLEAN, start);
        }
        return accept("null") ? new Literal(null, Kind.ANY, start) : named(start);
    }

    private static Expression number(String digits, int start) throws ExpressionException {
        BigDecimal number = new BigDecimal(digits);
        if (number.scale() > MAX_DIGITS_BEHIND_POINT || number.precision() - number.scale() > MAX_DIGITS_BEFORE_POINT) {
            throw new ExpressionException(
                    start,
                    "a number has " + MAX_DIGITS_BEFORE_POINT + " digits before the point and "
                            + MAX_DIGITS_BEHIND_POINT + " behind it at most");
        }
        return new Literal(number, Kind.NUMBER, start);
    }

    /** A function or a column. */
    private Expression named(int start) throws ExpressionException {
        boolean isQuoted = token.group("quoted") != null;
        String name = isQuoted ? token.group("quoted") : token.group("name");
        if (name == null) {
            throw unexpected("a value, a column or a function");
        }
        next();
        return word.equals("(") && !isQuoted
                ? function(name.toLowerCase(Locale.ROOT), start)
                : new ColumnValue(name, start);
    }

    private Expression function(String name, int start) throws ExpressionException {
        Function function = Function.named(name)
                .orElseThrow(() -> ExpressionException.unknown(start, "function", name, Function.names()));
        List<Expression> arguments = new ArrayList<>();
        do {
            next();
            arguments.add(operation(0));
        } while (word.equals(","));
        expect(")");
        return call(function, arguments, start);
    }

    private static Expression call(Function function, List<Expression> arguments, int at) throws ExpressionException {
        function.checkCount(arguments.size(), at);
        return new Call(function, arguments, at);
    }

    private boolean accept(String wanted) throws ExpressionException {
        if (!word.equals(wanted)) {
            return false;
        }
        next();
        return true;
    }

    private void expect(String wanted) throws ExpressionException {
        if (!accept(wanted)) {
            throw unexpected("`" + wanted + "`");
        }
    }

    private void next() throws ExpressionException {
        if (!token.region(end, text.length()).lookingAt()) {
            int bad = text.length() - text.substring(end).stripLeading().length();
            throw new ExpressionException(bad, "`" + text.charAt(bad) + "` begins nothing that can stand here");
        }
        end = token.end();
        at = end - token.group().stripLeading().length();
        word = first(token.group("sign"), token.group("name")).toLowerCase(Locale.ROOT);
    }

    private static String first(@Nullable String a, @Nullable String b) {
        return a != null ? a : b != null ? b : "";
    }

    private ExpressionException unexpected(String wanted) {
        String found = at < text.length() ? "`" + text.substring(at, end) + "` stands" : "it ends";
        return new ExpressionException(at, found + " where " + wanted + " must stand");
    }
}
