package io.vaultline.capture.mongo;

import io.vaultline.capture.source.CollectionFilter;
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
import org.bson.BsonType;
import org.bson.RawBsonDocument;

/**
 * The shape of a collection's documents as seen so far: {@code _id}, a column for each top-level field in the order of
 * first sight, and {@code _misfits}. A shape only grows; a column keeps the type of its first value that wasn't null.
 */
final class DocumentShape {
    static final String ID = "_id";

    /** Fields beyond these have no columns: documents that use data as names would make columns without end. */
    static final int MOST_COLUMNS = 1_000;

    private static final char REPLACEMENT = '\uFFFD';

    private DocumentShape() {}

    /** The shape of some documents, which may be none. */
    static CollectionSchema of(CollectionId id, Iterable<RawBsonDocument> sample, Predicate<String> captured) {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put(ID, DocumentKeys.columnOfNone());
        boolean first = true;
        for (RawBsonDocument document : sample) {
            BsonCursor at = BsonCursor.of(document);
            while (at.next()) {
                String name = at.name();
                if (name.equals(ID)) {
                    columns.merge(ID, DocumentKeys.column(at), first ? (none, seen) -> seen : DocumentShape::commonKey);
                    first = false;
                } else if (isField(name, at, captured)
                        && (columns.containsKey(name) || columns.size() < MOST_COLUMNS)) {
                    columns.merge(name, BsonColumns.column(name, at), DocumentShape::common);
                }
            }
        }
        return shape(id, new ArrayList<>(columns.values()));
    }

    /** The shape with what it lacks for a document; the same object if it lacks nothing. */
    static CollectionSchema with(CollectionSchema shape, RawBsonDocument document, Predicate<String> captured) {
        List<Column> columns = new ArrayList<>(shape.columns());
        columns.removeIf(column -> column.name().equals(CollectionSchema.MISFITS));
        int before = columns.size();
        Column key = columns.get(0);
        BsonCursor at = BsonCursor.of(document);
        while (at.next()) {
            String name = at.name();
            if (name.equals(ID)) {
                key = DocumentKeys.with(key, at);
            } else if (columns.size() < MOST_COLUMNS
                    && shape.indexOf(name).isEmpty()
                    && isField(name, at, captured)
                    && columns.stream().noneMatch(column -> column.name().equals(name))) {
                columns.add(BsonColumns.column(name, at));
            }
        }
        if (columns.size() == before && key.equals(columns.get(0))) {
            return shape;
        }
        columns.set(0, key);
        return shape(shape.id(), columns);
    }

    /** The shape without the fields that are not captured any more. */
    static CollectionSchema restricted(CollectionSchema shape, Predicate<String> captured) {
        List<Column> columns = new ArrayList<>(shape.columns());
        columns.removeIf(column -> column.name().equals(CollectionSchema.MISFITS)
                || !(column.name().equals(ID) || captured.test(column.name())));
        return columns.size() == shape.columns().size() - 1 ? shape : shape(shape.id(), columns);
    }

    /** The shape whose columns take what masks put in the place of values; what they hold from before does not change. */
    static CollectionSchema masked(CollectionSchema shape, CollectionFilter filter) {
        List<Column> columns = new ArrayList<>(shape.columns());
        columns.removeIf(column -> column.name().equals(CollectionSchema.MISFITS));
        columns.replaceAll(column -> {
            DataType type =
                    filter.mask(shape.id(), column.name()).column(column).type();
            return type.equals(column.type())
                    ? column
                    : new Column(column.name(), type, BsonColumns.name(BsonType.STRING), column.nullable());
        });
        CollectionSchema masked = shape(shape.id(), columns);
        return masked.equals(shape) ? shape : masked;
    }

    /** Whether a field can have a column of its own: a null says no type, and no store has a column without a name. */
    static boolean isField(String name, BsonCursor at, Predicate<String> captured) {
        return at.type() != BsonType.NULL
                && !name.isEmpty()
                && name.indexOf(REPLACEMENT) < 0
                && !name.equals(CollectionSchema.MISFITS)
                && captured.test(name);
    }

    private static CollectionSchema shape(CollectionId id, List<Column> columns) {
        List<Column> all = new ArrayList<>(columns);
        all.add(new Column(CollectionSchema.MISFITS, Simple.JSON, "misfits", true));
        return new CollectionSchema(id, CollectionKind.DOCUMENTS, all, List.of(ID), List.of());
    }

    /** Whole numbers of both sizes share a column; with anything else beside them it is one of texts. */
    private static Column commonKey(Column before, Column seen) {
        if (before.type() == seen.type()) {
            return before;
        }
        return before.type() == Simple.TEXT
                ? before
                : new Column(ID, Simple.TEXT, before.sourceType() + DocumentKeys.MIXED, false);
    }

    /** Whole and broken numbers share a column; else the first type stays. */
    private static Column common(Column before, Column seen) {
        boolean mixed = before.type() == Simple.INT64 && seen.type() == Simple.FLOAT64;
        return mixed ? seen : before;
    }
}
