package io.vaultline.capture.mongo;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** The columns of a shape by the bytes of their names: most documents have their fields in the shape's order. */
final class DocumentFields {
    private final Field[] fields;
    private final Map<ByteBuffer, Field> byName = new HashMap<>();

    DocumentFields(CollectionSchema shape) {
        List<Column> columns = shape.columns();
        this.fields = new Field[columns.size() - 1];
        for (int i = 0; i < fields.length; i++) {
            Column column = columns.get(i);
            byte[] name = column.name().getBytes(StandardCharsets.UTF_8);
            fields[i] = new Field(i, name, column.type(), own(column.sourceType()));
            byName.put(ByteBuffer.wrap(name), fields[i]);
        }
    }

    /**
     * One column.
     *
     * @param own the BSON type that its values have if nothing else is said; the end of a document for none
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Field(int index, byte[] name, DataType type, BsonType own) {
        boolean isJson() {
            return type == Simple.JSON;
        }

        boolean hasNameOf(BsonCursor at) {
            return Arrays.equals(name, 0, name.length, at.bytes(), at.nameStart(), at.nameEnd());
        }
    }

    private static BsonType own(String sourceType) {
        if (sourceType.equals("uuid")) {
            return BsonType.BINARY;
        }
        return Arrays.stream(BsonType.values())
                .filter(type -> BsonColumns.name(type).equals(sourceType))
                .findFirst()
                .orElse(BsonType.END_OF_DOCUMENT);
    }

    /** The field of a cursor's element, which may be the one at the guessed index. */
    @Nullable
    Field find(BsonCursor at, int guess) {
        if (guess < fields.length && fields[guess].hasNameOf(at)) {
            return fields[guess];
        }
        return byName.get(ByteBuffer.wrap(at.bytes(), at.nameStart(), at.nameEnd() - at.nameStart()));
    }
}
