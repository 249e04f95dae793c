package io.vaultline.capture.postgres;

import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.data.SpecialValueDecimal;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import io.vaultline.event.Infinity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Properties;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Takes every value from the connector as it was decoded, before the connector's own conversions, which lose some:
 * they put a default in the place of null, shorten timestamps and bit strings, and refuse {@code NaN}.
 *
 * <p>Public, with a constructor of no arguments, since the engine makes it by name.
 */
public final class ExactValues implements CustomConverter<SchemaBuilder, RelationalColumn> {
    /** Schema parameters that say what the column is, as of the change. */
    static final String OID = "oid";

    static final String TYPE = "type";
    static final String PRECISION = "precision";
    static final String SCALE = "scale";
    static final String NULLABLE = "nullable";

    /** What the connector says for the precision of a numeric that declares none. */
    private static final int NO_PRECISION = 131_089;

    @Override
    public void configure(Properties properties) {}

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        PgType type = PgType.ofOid(column.nativeType());
        int precision = column.length().orElse(0);
        SchemaBuilder schema = schema(type)
                .optional()
                .parameter(OID, Integer.toString(column.nativeType()))
                .parameter(TYPE, column.typeName())
                .parameter(PRECISION, Integer.toString(precision == NO_PRECISION ? 0 : precision))
                .parameter(SCALE, Integer.toString(column.scale().orElse(0)))
                .parameter(NULLABLE, Boolean.toString(column.isOptional()));
        registration.register(schema, new ColumnConverter(type, column));
    }

    private static SchemaBuilder schema(PgType type) {
        return new SchemaBuilder(
                switch (type) {
                    case BOOL -> Schema.Type.BOOLEAN;
                    case INT2, INT4, DATE -> Schema.Type.INT32;
                    case INT8, OID, TIME, TIMESTAMP, TIMESTAMPTZ -> Schema.Type.INT64;
                    case FLOAT4 -> Schema.Type.FLOAT32;
                    case FLOAT8 -> Schema.Type.FLOAT64;
                    case BYTEA -> Schema.Type.BYTES;
                    default -> Schema.Type.STRING;
                });
    }

    /** Converts one column's values. */
    private static final class ColumnConverter implements Converter {
        private final PgType type;
        private final String name;
        private boolean defaultIsDue;

        ColumnConverter(PgType type, RelationalColumn column) {
            this.type = type;
            this.name = column.dataCollection() + "." + column.name();
            this.defaultIsDue = column.hasDefaultValue() && column.defaultValue() != null;
        }

        /**
         * The first call after the registration brings the column's default, if it has one. It is dropped: a default in
         * the schema would be read in the place of null.
         */
        @Override
        public @Nullable Object convert(@Nullable Object value) {
            if (defaultIsDue) {
                defaultIsDue = false;
                return null;
            }
            if (value == null) {
                return null;
            }
            try {
                return UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(value)
                        ? unsent()
                        : present(type, value);
            } catch (ValueProblem e) {
                throw new DataException("a value of " + name + " can't be captured", e.in(name));
            } catch (ClassCastException e) {
                throw new DataException(name + " brought a " + value.getClass(), e);
            }
        }

        private Object unsent() {
            return type == PgType.BYTEA ? Unsent.BYTES : Unsent.TEXT;
        }

        private static Object present(PgType type, Object value) {
            return switch (type) {
                case BOOL, INT4, INT2, INT8, OID, FLOAT4, FLOAT8, BYTEA -> value;
                case NUMERIC -> numeric((SpecialValueDecimal) value);
                case DATE -> days((LocalDate) value);
                case TIME -> PgTime.time((String) value);
                case TIMESTAMP -> timestamp((Instant) value);
                case TIMESTAMPTZ -> timestampWithZone((OffsetDateTime) value);
                case MONEY -> ColumnValues.amount((String) value);
                default -> value.toString();
            };
        }

        private static String numeric(SpecialValueDecimal value) {
            return value.getDecimalValue()
                    .map(BigDecimal::toPlainString)
                    .orElseGet(() -> Double.toString(value.toDouble()));
        }

        private static int days(LocalDate date) {
            if (date.equals(PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE)) {
                return Infinity.DATE;
            } else if (date.equals(PostgresValueConverter.NEGATIVE_INFINITY_LOCAL_DATE)) {
                return Infinity.MINUS_DATE;
            }
            return Math.toIntExact(date.toEpochDay());
        }

        private static long timestamp(Instant instant) {
            if (instant.equals(PostgresValueConverter.POSITIVE_INFINITY_INSTANT)) {
                return Infinity.TIMESTAMP;
            } else if (instant.equals(PostgresValueConverter.NEGATIVE_INFINITY_INSTANT)) {
                return Infinity.MINUS_TIMESTAMP;
            }
            return PgTime.micros(instant);
        }

        private static long timestampWithZone(OffsetDateTime time) {
            if (time.equals(PostgresValueConverter.POSITIVE_INFINITY_OFFSET_DATE_TIME)) {
                return Infinity.TIMESTAMP;
            } else if (time.equals(PostgresValueConverter.NEGATIVE_INFINITY_OFFSET_DATE_TIME)) {
                return Infinity.MINUS_TIMESTAMP;
            }
            return PgTime.micros(time.toInstant());
        }
    }
}
