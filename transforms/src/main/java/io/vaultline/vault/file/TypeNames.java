package io.vaultline.vault.file;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that types have in the vault model file. */
final class TypeNames {
    /** What {@code decimal} alone is: as wide as the store takes, nine digits behind the point. */
    static final Decimal DECIMAL = new Decimal(Decimal.MAX_PRECISION, 9);

    /** The names, for messages. */
    static final List<String> KNOWN = List.of(
            "boolean",
            "date",
            "decimal",
            "decimal(p, s)",
            "float64",
            "int16",
            "int32",
            "int64",
            "json",
            "numeric",
            "text",
            "timestamp",
            "timestamp_tz",
            "uuid");

    private static final Pattern SIZED = Pattern.compile("decimal\\( *(\\d{1,2}) *, *(\\d{1,2}) *\\)");

    private TypeNames() {}

    /** The type of that name; empty if there is none. */
    static Optional<DataType> parse(String name) {
        if (name.equals("decimal")) {
            return Optional.of(DECIMAL);
        }
        Matcher sized = SIZED.matcher(name);
        if (sized.matches()) {
            return decimal(Integer.parseInt(sized.group(1)), Integer.parseInt(sized.group(2)));
        }
        return KNOWN.contains(name) && !name.startsWith("decimal")
                ? Optional.of(Simple.valueOf(name.toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    private static Optional<DataType> decimal(int precision, int scale) {
        boolean valid = precision >= 1 && precision <= Decimal.MAX_PRECISION && scale <= precision;
        return valid ? Optional.of(new Decimal(precision, scale)) : Optional.empty();
    }

    /** The type's name. */
    static String of(DataType type) {
        if (type.equals(DECIMAL)) {
            return "decimal";
        }
        return type instanceof Decimal decimal
                ? "decimal(" + decimal.precision() + ", " + decimal.scale() + ")"
                : ((Simple) type).name().toLowerCase(Locale.ROOT);
    }
}
