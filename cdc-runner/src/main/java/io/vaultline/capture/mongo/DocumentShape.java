package io.vaultline.capture.mongo;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * The shape of a collection's documents as seen so far: {@code _id}, a column for each top-level field in the order of
 * first sight, and {@code _misfits}. A shape only grows; a column keeps the type of its first value that wasn't null.
 */
final class DocumentShape {
    static final String ID = "_id";

    private static final List<String> OWN = List.of(ID, CollectionSchema.MISFITS);

    private DocumentShape() {}

    /** The shape of no documents, with the key's type for these, which may be none. */
    static CollectionSchema of(CollectionId id, Iterable<BsonDocument> sample, Predicate<String> captured) {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put(ID, new Column(ID, Simple.TEXT, "objectid", false));
        boolean first = true;
        for (BsonDocument document : sample) {
            Column key = keyColumn(BsonTexts.id(document));
            columns.merge(ID, key, first ? (none, seen) -> seen : DocumentShape::commonKey);
            first = false;
            document.forEach((name, value) -> {
                if (isField(name, value, captured)) {
                    columns.merge(name, BsonColumns.column(name, value), DocumentShape::common);
                }
            });
        }
        return shape(id, new ArrayList<>(columns.values()));
    }

    /** The shape with the fields of a document that it lacks; the same object if it lacks none. */
    static CollectionSchema with(CollectionSchema shape, BsonDocument document, Predicate<String> captured) {
        List<Column> added = new ArrayList<>();
        document.forEach((name, value) -> {
            if (isField(name, value, captured) && shape.indexOf(name).isEmpty()) {
                added.add(BsonColumns.column(name, value));
            }
        });
        if (added.isEmpty()) {
            return shape;
        }
        List<Column> columns = new ArrayList<>(shape.columns());
        columns.removeIf(column -> column.name().equals(CollectionSchema.MISFITS));
        columns.addAll(added);
        return shape(shape.id(), columns);
    }

    /** The shape whose key takes every {@code _id}: an id came that isn't a whole number, as all before were. */
    static CollectionSchema withTextKey(CollectionSchema shape) {
        List<Column> columns = new ArrayList<>(shape.columns());
        columns.removeIf(column -> column.name().equals(CollectionSchema.MISFITS));
        columns.set(0, new Column(ID, Simple.TEXT, "mixed", false));
        return shape(shape.id(), columns);
    }

    /** The shape without the fields that are not captured any more. */
    static CollectionSchema restricted(CollectionSchema shape, Predicate<String> captured) {
        List<Column> columns = new ArrayList<>(shape.columns());
        columns.removeIf(column -> column.name().equals(CollectionSchema.MISFITS)
                || !(column.name().equals(ID) || captured.test(column.name())));
        return columns.size() == shape.columns().size() - 1 ? shape : shape(shape.id(), columns);
    }

    /** Whether a field has a column of its own: a null says no type. */
    private static boolean isField(String name, BsonValue value, Predicate<String> captured) {
        return !value.isNull() && !OWN.contains(name) && captured.test(name);
    }

    private static CollectionSchema shape(CollectionId id, List<Column> columns) {
        List<Column> all = new ArrayList<>(columns);
        all.add(new Column(CollectionSchema.MISFITS, Simple.JSON, "misfits", true));
        return new CollectionSchema(id, CollectionKind.DOCUMENTS, all, List.of(ID), List.of());
    }

    private static Column keyColumn(BsonValue id) {
        DataType type = id.isInt32() || id.isInt64() ? Simple.INT64 : Simple.TEXT;
        return new Column(ID, type, BsonColumns.column(ID, id).sourceType(), false);
    }

    private static Column commonKey(Column before, Column seen) {
        if (before.equals(seen)) {
            return before;
        }
        DataType type = before.type() == seen.type() ? before.type() : Simple.TEXT;
        return new Column(ID, type, "mixed", false);
    }

    /** Whole and broken numbers share a column; else the first type stays. */
    private static Column common(Column before, Column seen) {
        boolean mixed = before.type() == Simple.INT64 && seen.type() == Simple.FLOAT64;
        return mixed ? seen : before;
    }
}
