package io.vaultline.capture.postgres;

import io.debezium.connector.postgresql.connection.AbstractColumnValue;
import io.vaultline.error.ErrorCode;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.OffsetTime;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/**
 * The types that the connector parses although they are captured as text. What a snapshot reads is parsed by the
 * connector's own code too, and both are written by one function, so that the same value has the same text.
 */
final class PgSpecials {
    private PgSpecials() {}

    /** The text of what the connector made of a value. */
    static String text(Object value) {
        if (value instanceof PGInterval interval) {
            return iso(interval);
        } else if (value instanceof BigDecimal money) {
            return money.toPlainString();
        } else if (value instanceof OffsetTime time) {
            return time.toString();
        } else if (value instanceof PGobject shape) {
            return String.valueOf(shape.getValue());
        }
        return value.toString();
    }

    /** The text of what PostgreSQL wrote. */
    static String text(PgType type, String written) {
        Parsed parsed = new Parsed(written);
        return text(
                switch (type) {
                    case BOX -> parsed.asBox();
                    case CIRCLE -> parsed.asCircle();
                    case LINE -> parsed.asLine();
                    case LSEG -> parsed.asLseg();
                    case PATH -> parsed.asPath();
                    case POINT -> parsed.asPoint();
                    case POLYGON -> parsed.asPolygon();
                    case MONEY -> parsed.asMoney();
                    case TIMETZ -> parsed.asOffsetTimeUtc();
                    case INTERVAL -> interval(written);
                    default -> written;
                });
    }

    private static PGInterval interval(String written) {
        try {
            return new PGInterval(written);
        } catch (SQLException e) {
            throw new ValueProblem(ErrorCode.VALUE_NOT_SUPPORTED, "An interval can't be read");
        }
    }

    /** ISO 8601: years to seconds, each with its own sign, as PostgreSQL keeps them apart. */
    private static String iso(PGInterval interval) {
        BigDecimal seconds = BigDecimal.valueOf(interval.getWholeSeconds())
                .add(BigDecimal.valueOf(interval.getMicroSeconds(), 6))
                .stripTrailingZeros();
        return "P" + interval.getYears() + "Y" + interval.getMonths() + "M" + interval.getDays() + "DT"
                + interval.getHours() + "H" + interval.getMinutes() + "M" + seconds.toPlainString() + "S";
    }

    /** The connector's parsers over a text. */
    private static final class Parsed extends AbstractColumnValue<String> {
        private final String text;

        Parsed(String text) {
            this.text = text;
        }

        @Override
        public String getRawValue() {
            return text;
        }

        @Override
        public boolean isNull() {
            return false;
        }

        @Override
        public String asString() {
            return text;
        }

        @Override
        public Boolean asBoolean() {
            throw unused();
        }

        @Override
        public Integer asInteger() {
            throw unused();
        }

        @Override
        public Long asLong() {
            throw unused();
        }

        @Override
        public Float asFloat() {
            throw unused();
        }

        @Override
        public Double asDouble() {
            throw unused();
        }

        @Override
        public Object asDecimal() {
            throw unused();
        }

        @Override
        public byte[] asByteArray() {
            throw unused();
        }

        private static UnsupportedOperationException unused() {
            return new UnsupportedOperationException("not one of the types that are captured as text");
        }
    }
}
