package io.vaultline.capture.mongo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What the columns don't tell of one document, a JSON object: fields by name as canonical Extended JSON, those that fit
 * no column, explicit nulls, and those whose column doesn't tell their exact type. A name that begins with {@code $} has
 * one more in front. Beside them {@code $order}, all names, if they don't stand in the columns' order with the unknown
 * ones last; and {@code $document}, the document in base 64, if Extended JSON can't tell it.
 */
final class Misfits {
    private static final int UNKNOWN = Integer.MAX_VALUE;
    private static final byte END = 0;

    private final RawBsonDocument document;
    private final Predicate<String> captured;
    private @Nullable StringBuilder text;
    private final Set<String> unknown = new HashSet<>(0);
    private int last = -1;
    private boolean inOrder = true;
    private boolean tellable = true;

    Misfits(RawBsonDocument document, Predicate<String> captured) {
        this.document = document;
        this.captured = captured;
    }

    /** The next field has this column. */
    void follows(int column) {
        inOrder &= column > last;
        last = column;
    }

    /** The next field has no column. */
    void addUnknown(BsonCursor at) {
        last = UNKNOWN;
        tellable &= unknown.add(at.name());
        add(at);
    }

    /** The field's value is not told by a column. */
    void add(BsonCursor at) {
        StringBuilder out = next();
        ExtendedJson.quoted(out, escaped(at.name()));
        out.append(": ");
        ExtendedJson json = ExtendedJson.canonical(out);
        json.value(at);
        tellable &= json.isTellable() && !at.isBroken(at.name(), at.nameStart(), at.nameEnd() - at.nameStart());
    }

    private StringBuilder next() {
        if (text == null) {
            text = new StringBuilder("{");
        } else {
            text.append(", ");
        }
        return text;
    }

    private static String escaped(String name) {
        return name.startsWith("$") ? "$" + name : name;
    }

    /** The value of the column {@code _misfits}; null if the columns tell all. */
    @Nullable
    String text() {
        if (!inOrder) {
            addOrder();
        }
        if (!tellable) {
            next().append("\"$document\": \"")
                    .append(Base64.getEncoder().encodeToString(whole()))
                    .append('"');
        }
        return text == null ? null : text.append('}').toString();
    }

    private void addOrder() {
        StringBuilder out = next().append("\"$order\": [");
        Set<String> names = new HashSet<>();
        BsonCursor at = BsonCursor.of(document);
        while (at.next()) {
            String name = at.name();
            if (isKept(name)) {
                out.append(names.isEmpty() ? "" : ", ");
                tellable &= names.add(name);
                ExtendedJson.quoted(out, name);
            }
        }
        out.append(']');
    }

    private boolean isKept(String name) {
        return name.equals(DocumentShape.ID) || captured.test(name);
    }

    /** The document without the fields that never leave the source. */
    private byte[] whole() {
        ByteArrayOutputStream elements = new ByteArrayOutputStream();
        BsonCursor at = BsonCursor.of(document);
        while (at.next()) {
            if (isKept(at.name())) {
                elements.write(at.bytes(), at.nameStart() - 1, at.end() - at.nameStart() + 1);
            }
        }
        elements.write(END);
        return ByteBuffer.allocate(Integer.BYTES + elements.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(Integer.BYTES + elements.size())
                .put(elements.toByteArray())
                .array();
    }
}
