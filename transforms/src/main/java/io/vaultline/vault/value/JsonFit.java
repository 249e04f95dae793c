package io.vaultline.vault.value;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.value.JsonValue.Blocked;
import io.vaultline.vault.value.JsonValue.Nothing;
import io.vaultline.vault.value.JsonValue.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fits values of JSON into a column's type: exactly, or not at all. */
public final class JsonFit {
    private static final List<Simple> SCALARS =
            List.of(Simple.TEXT, Simple.NUMERIC, Simple.BOOLEAN, Simple.FLOAT64, Simple.TIMESTAMP_TZ);

    private final DataType type;
    private final Map<DataType, Conversion> conversions = new HashMap<>();

    public JsonFit(DataType type) {
        this.type = type;
        SCALARS.forEach(from -> conversions.put(from, Conversion.between(from, type)));
        if (type == Simple.DATE) {
            conversions.put(Simple.TEXT, text -> IsoTimes.day((String) text));
        } else if (type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_TZ) {
            conversions.put(Simple.TEXT, text -> IsoTimes.micros((String) text, type == Simple.TIMESTAMP_TZ));
        }
    }

    DataType type() {
        return type;
    }

    /** An object of the class that the type names; null if the type has no such value. */
    @Nullable
    public Object fit(JsonValue value) {
        if (type == Simple.JSON) {
            return value instanceof Nothing || value instanceof Blocked ? null : value.raw();
        }
        if (!(value instanceof Scalar scalar)) {
            return null;
        }
        Conversion conversion = conversions.get(scalar.type());
        return conversion == null
                ? Conversion.between(scalar.type(), type).apply(scalar.value())
                : conversion.apply(scalar.value());
    }
}
