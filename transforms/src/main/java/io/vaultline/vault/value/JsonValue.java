package io.vaultline.vault.value;

import io.vaultline.event.DataType;
import java.util.List;
import java.util.Map;

/** A value of JSON, as far as somebody looks into it. */
public sealed interface JsonValue {
    /** As the source wrote it: data of a row, so not for logs and errors. */
    String raw();

    /** No value. */
    enum Nothing implements JsonValue {
        /** Null, or not there at all. */
        NULL,
        /** The source did not send it. */
        UNAVAILABLE;

        @Override
        public String raw() {
            return "null";
        }
    }

    /**
     * A text, number, boolean or moment, also one that MongoDB's extended JSON wraps in an object.
     *
     * @param value of the class that the type names
     */
    record Scalar(DataType type, Object value, String raw) implements JsonValue {}

    /** An object; of fields with one name, the last counts. */
    record Fields(Map<String, JsonValue> fields, String raw) implements JsonValue {}

    /** An array. */
    record Elements(List<JsonValue> elements, String raw) implements JsonValue {}

    /** An object or array that nobody looks into, or a wrapped value of a type that we have not. */
    record Closed(String raw) implements JsonValue {}

    /** Something that stands where an object should be for a path to go on. */
    record Blocked(String raw) implements JsonValue {}

    /** The field of that name, if this is an object. */
    default JsonValue field(String name) {
        if (this instanceof Fields object) {
            return object.fields().getOrDefault(name, Nothing.NULL);
        }
        return this instanceof Nothing || this instanceof Blocked ? this : new Blocked(raw());
    }

    /** What the path leads to. */
    default JsonValue at(List<String> path) {
        JsonValue found = this;
        for (String name : path) {
            found = found.field(name);
        }
        return found;
    }
}
