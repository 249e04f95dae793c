package io.vaultline.vault.model;

import io.vaultline.event.DataType;
import io.vaultline.vault.hash.TextRule;
import java.util.List;
import java.util.Objects;

/**
 * A part of a hub's business key.
 *
 * @param name of its column in the hub
 * @param text what a text is put through, in this order, before it is a key; only of type {@code TEXT}
 */
public record HubKeyPart(String name, DataType type, List<TextRule> text) {
    public HubKeyPart {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        text = List.copyOf(text);
        if (!text.isEmpty() && type != DataType.Simple.TEXT) {
            throw new IllegalArgumentException(name + " is no text");
        }
    }

    /** A part that is a key as it stands. */
    public static HubKeyPart of(String name, DataType type) {
        return new HubKeyPart(name, type, List.of());
    }

    /**
     * The value as the key that is stored and hashed.
     *
     * @param value of the class that the type names
     */
    public Object normalised(Object value) {
        if (text.isEmpty()) {
            return value;
        }
        String key = (String) value;
        for (TextRule rule : text) {
            key = rule.apply(key);
        }
        return key;
    }

    @Override
    public String toString() {
        return "`" + name + "` " + type;
    }
}
