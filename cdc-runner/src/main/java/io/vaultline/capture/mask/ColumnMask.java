package io.vaultline.capture.mask;

import io.vaultline.config.MaskAction;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.hash.CanonicalValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens to the values of one column before they become part of a row. For any number of threads. */
public final class ColumnMask {
    private final MaskAction action;
    private final Optional<MaskHash> hash;

    /** @param hash must be there if the action hashes */
    ColumnMask(MaskAction action, Optional<MaskHash> hash) {
        this.action = action;
        this.hash = hash;
    }

    public MaskAction action() {
        return action;
    }

    /** Whether the column is not captured. */
    public boolean drops() {
        return action instanceof MaskAction.Drop;
    }

    /** Whether values become other values. */
    public boolean changes() {
        return !(action instanceof MaskAction.Keep);
    }

    /** Whether different values stay different, as those of a key must. */
    public boolean keepsIdentity() {
        return action instanceof MaskAction.Keep || action instanceof MaskAction.Hash;
    }

    /** The column as its masked values make it. */
    public Column column(Column plain) {
        if (action instanceof MaskAction.Redact redact && redact.text() == null) {
            return new Column(plain.name(), plain.type(), plain.sourceType(), true);
        } else if (action instanceof MaskAction.Hash) {
            return text(plain, "hash of ");
        } else if (action instanceof MaskAction.Redact) {
            return text(plain, "redacted ");
        }
        return action instanceof MaskAction.Truncate ? text(plain, "truncated ") : plain;
    }

    private static Column text(Column plain, String how) {
        return new Column(plain.name(), DataType.Simple.TEXT, how + plain.sourceType(), plain.nullable());
    }

    /**
     * What takes the place of a value; null and unavailable stay what they are.
     *
     * @param type the value's, before masking
     */
    public @Nullable Object value(DataType type, @Nullable Object value) {
        if (value == null || value == Unavailable.VALUE || action instanceof MaskAction.Keep) {
            return value;
        } else if (action instanceof MaskAction.Hash) {
            return hash(CanonicalValue.bytes(type, value));
        } else if (action instanceof MaskAction.Redact redact) {
            return redact.text();
        } else if (action instanceof MaskAction.Truncate truncate) {
            return value instanceof String text ? start(text, truncate.characters()) : MaskAction.Redact.TEXT;
        }
        throw new IllegalStateException("a value of a column that is not captured");
    }

    /** The keyed hash of a value's canonical bytes. */
    public String hash(byte[] canonical) {
        return hash.orElseThrow().of(canonical);
    }

    /** The first code points of a text. */
    public static String start(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters));
    }
}
