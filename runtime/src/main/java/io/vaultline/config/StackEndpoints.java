package io.vaultline.config;

import java.util.Map;

/**
 * Where a local stack's servers are, by the names of the endpoints file.
 *
 * @param values such as {@code postgres.jdbc.url}; some are secret
 */
public record StackEndpoints(Map<String, String> values) {
    public StackEndpoints {
        values = Map.copyOf(values);
    }

    /** @throws IllegalArgumentException if there is no value of that name */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no endpoint named " + name + ", only " + values.keySet());
        }
        return value;
    }

    /** The names only, since values may be secret. */
    @Override
    public String toString() {
        return "StackEndpoints" + values.keySet();
    }
}
