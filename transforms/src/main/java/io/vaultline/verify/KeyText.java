package io.vaultline.verify;

import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Spells what identifies a row, for people: {@code order_id=7, product_id=12}. */
final class KeyText {
    /** Rows of keyless tables are identified by all of their values. */
    private static final int MAX_CHARACTERS = 200;

    private KeyText() {}

    static String of(Row row) {
        String text = IntStream.of(row.schema().keyIndexes())
                .mapToObj(index -> part(row.schema().columns().get(index), row.get(index)))
                .collect(Collectors.joining(", "));
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }

    private static String part(Column column, @Nullable Object value) {
        if (value == null || value == Unavailable.VALUE) {
            return column.name() + (value == null ? " is null" : " is unavailable");
        }
        return column.name() + "=" + text(column.type(), value);
    }

    private static String text(DataType type, Object value) {
        if (!(type instanceof DataType.Simple simple) || value instanceof String) {
            return value.toString();
        }
        return switch (simple) {
            case BYTES -> HexFormat.of().formatHex((byte[]) value);
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIME ->
                LocalTime.MIDNIGHT.plus((Long) value, ChronoUnit.MICROS).toString();
            case TIMESTAMP ->
                LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC).toString();
            case TIMESTAMP_TZ -> instant((Long) value).toString();
            default -> value.toString();
        };
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
