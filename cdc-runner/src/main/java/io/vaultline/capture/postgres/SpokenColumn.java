package io.vaultline.capture.postgres;

import io.vaultline.event.DataType;

/**
 * A column as the stream says that it is, as of a change.
 *
 * @param type the base type's name with its modifiers, for people
 * @param oid of the base type; domains are resolved
 * @param precision digits of a numeric that declares them, else 0
 * @param scale digits after its point
 */
record SpokenColumn(String name, String type, int oid, int precision, int scale, boolean nullable) {
    PgType pgType() {
        return PgType.ofOid(oid);
    }

    /** The type of the column's values before masking. */
    DataType plainType() {
        return pgType() == PgType.NUMERIC ? pgType().dataType(precision, scale) : pgType().dataType(0, 0);
    }
}
