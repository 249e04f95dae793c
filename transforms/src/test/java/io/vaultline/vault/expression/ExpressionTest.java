package io.vaultline.vault.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.vault.expression.Expression.Call;
import io.vaultline.vault.expression.Expression.ColumnValue;
import io.vaultline.vault.expression.Expression.Literal;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions are read as, and of what kind. */
class ExpressionTest {
    private static final Map<String, Kind> COLUMNS = Map.of(
            "price",
            Kind.NUMBER,
            "email",
            Kind.TEXT,
            "at",
            Kind.TIMESTAMP,
            "day",
            Kind.DATE,
            "ok",
            Kind.BOOLEAN,
            "a b",
            Kind.NUMBER);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            1 + price * 2 | plus(1, times(price, 2)) | number
            (1 + price) * -2 | times(plus(1, price), negate(2)) | number
            1 - 2 - 3 | minus(minus(1, 2), 3) | number
            lower(after(email, '@')) | lower(after(email, '@')) | text
            concat('it''s ', Email) | concat('it's ', Email) | text
            price > 1 and not ok or price is null | or(and(more(price, 1), not(ok)), is_null(price)) | boolean
            email is not null | not(is_null(email)) | boolean
            IF(ok, `a b`, null) | if(ok, a b, null) | number
            coalesce(null, day) | coalesce(null, day) | date
            year(at) | year(at) | number
            date(at) = day | equal(as_date(at), day) | boolean
            ok = true | equal(ok, true) | boolean
            """)
    void itIsReadAs(String text, String tree, String kind) throws ExpressionException {
        Expression expression = Expression.parse(text);

        assertThat(written(expression)).isEqualTo(tree);
        assertThat(expression.kind(ExpressionTest::kind)).hasToString(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            price + | 7 | it ends where a value, a column or a function must stand
            price price | 6 | `price` stands where an operator, or the end, must stand
            lower(email | 11 | it ends where `)` must stand
            lower() | 6 | `)` stands where a value, a column or a function must stand
            price § 1 | 6 | `§` begins nothing that can stand here
            'x | 0 | `'` begins nothing that can stand here
            lower(email, email) | 0 | `lower` takes 1 values, not 2
            substring(email) | 0 | `substring` takes 2 or 3 values, not 1
            price + email | 8 | `+` takes number here, not text
            if(ok, 1, 'x') | 10 | `if` takes number here, not text
            price = 'x' | 8 | `=` takes number here, not text
            at = day | 5 | `=` takes timestamp here, not date
            lower(null) | 6 | `lower` takes text here, not any
            1 + 0.1234567890123456789 | 4 | a number has 57 digits before the point and 18 behind it at most
            """)
    void whatIsNoneIsToldWithItsPlace(String text, int at, String what) {
        assertThatThrownBy(() -> Expression.parse(text).kind(ExpressionTest::kind))
                .isInstanceOfSatisfying(ExpressionException.class, e -> {
                    assertThat(e).hasMessage(what);
                    assertThat(e.at()).isEqualTo(at);
                });
    }

    @Test
    void anUnknownFunctionIsToldWithThoseThatThereAre() {
        assertThatThrownBy(() -> Expression.parse("lowr(email)"))
                .isInstanceOfSatisfying(ExpressionException.class, e -> {
                    assertThat(e.kind()).isEqualTo("function");
                    assertThat(e).hasMessage("lowr");
                    assertThat(e.known()).contains("lower", "if", "coalesce").doesNotContain("+", "and");
                });
    }

    @Test
    void whatIsTooLongOrTooDeepIsRefusedOrRead() throws ExpressionException {
        assertThatThrownBy(() -> Expression.parse("1 +".repeat(200) + "1"))
                .hasMessage("an expression has 500 characters at most");
        assertThat(Expression.parse("(".repeat(249) + "1" + ")".repeat(249))).isInstanceOf(Literal.class);
        assertThat(Expression.parse("-".repeat(499) + "1")).isInstanceOf(Call.class);
    }

    private static Kind kind(String column, int at) {
        return COLUMNS.getOrDefault(column.toLowerCase(Locale.ROOT), Kind.ANY);
    }

    private static String written(Expression expression) {
        if (expression instanceof ColumnValue column) {
            return column.column();
        }
        if (expression instanceof Literal literal) {
            return literal.kind() == Kind.TEXT ? "'" + literal.value() + "'" : String.valueOf(literal.value());
        }
        Call call = (Call) expression;
        return call.function().name().toLowerCase(Locale.ROOT)
                + call.arguments().stream().map(ExpressionTest::written).collect(Collectors.joining(", ", "(", ")"));
    }
}
