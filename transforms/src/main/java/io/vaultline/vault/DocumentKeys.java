package io.vaultline.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys of a hub in rows of one shape, each part of a key by a path of its own: in the column that the path
 * starts with, or among the misfits where the document's field did not fit that column. Parts in one array element make a
 * key, together with those around the array. What can't be a part is none, and a key that lacks one is no key.
 */
final class DocumentKeys {
    private static final int LACKING = -1;

    private final Part[] parts;
    private final DocumentTree tree;
    private final int misfits;
    private final int deepest;

    /**
     * @param paths one for each part of the key
     * @param key of the hub
     */
    DocumentKeys(List<DocumentPath> paths, List<HubKeyPart> key, CollectionSchema shape) {
        this.parts = new Part[paths.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part(paths.get(i), key.get(i), shape);
        }
        this.tree = new DocumentTree(paths, (path, type, scalar) -> parts[path].fromJson(type, scalar));
        this.misfits = shape.indexOf(CollectionSchema.MISFITS).orElse(LACKING);
        this.deepest = paths.stream().mapToInt(DocumentPath::depth).max().orElse(0);
    }

    /** Where a part of the key stands, and how it becomes one. */
    private static final class Part {
        final DocumentPath path;
        final int depth;
        final int column;
        final DataType columnType;
        private final HubKeyPart key;
        private final Conversion fromColumn;
        private final Map<Simple, Conversion> fromJson = new EnumMap<>(Simple.class);

        Part(DocumentPath path, HubKeyPart key, CollectionSchema shape) {
            this.path = path;
            this.depth = path.depth();
            this.key = key;
            this.column = shape.indexOf(path.column()).orElse(LACKING);
            this.columnType = column == LACKING
                    ? Simple.JSON
                    : shape.columns().get(column).type();
            this.fromColumn = path.isColumn() ? Conversion.between(columnType, key.type()) : Conversion.NONE;
            for (Simple type : DocumentPath.SCALAR_TYPES) {
                fromJson.put(type, Conversion.between(type, key.type()));
            }
        }

        @Nullable
        Object value(Row row) {
            return column == LACKING ? null : row.get(column);
        }

        @Nullable
        Object fromColumn(Object value) {
            return normalised(fromColumn.apply(value));
        }

        @Nullable
        Object fromJson(Simple type, Object scalar) {
            return normalised(fromJson.getOrDefault(type, Conversion.NONE).apply(scalar));
        }

        private @Nullable Object normalised(@Nullable Object value) {
            return value == null ? null : key.normalised(value);
        }
    }

    /**
     * @return each key once, in the document's order; empty if the row does not say
     * @throws PipelineException {@code RECORD_UNREADABLE} if a JSON column holds no JSON
     */
    Optional<Set<List<Object>>> find(Row row) {
        Object rest = misfits == LACKING ? null : row.get(misfits);
        boolean unknown = false;
        for (Part part : parts) {
            Object value = part.value(row);
            if (value == null && rest == null) {
                return Optional.of(Set.of()); // whatever the other parts are
            }
            unknown |= value == Unavailable.VALUE || (value == null && rest == Unavailable.VALUE);
        }
        if (unknown) {
            return Optional.empty();
        }
        Set<List<Object>> keys = new LinkedHashSet<>();
        collect(read(row, rest), 0, new @Nullable Object[parts.length], keys);
        return Optional.of(keys);
    }

    private DocumentTree.Scope read(Row row, @Nullable Object rest) {
        DocumentTree.Scope scope = tree.scope();
        for (int i = 0; i < parts.length; i++) {
            Part part = parts[i];
            Object value = part.value(row);
            if (value != null && part.columnType != Simple.JSON) {
                scope.values[i] = part.fromColumn(value);
            } else if (value != null && isFirstOfItsColumn(i)) {
                addField(part.path.column(), (String) value, row, scope);
            }
        }
        if (rest instanceof String json) {
            addMisfits(json, row, scope);
        }
        return scope;
    }

    private void addField(String column, String json, Row row, DocumentTree.Scope scope) {
        try {
            tree.addField(column, json, scope);
        } catch (IOException e) {
            throw unreadable(row, column, e);
        }
    }

    private void addMisfits(String json, Row row, DocumentTree.Scope scope) {
        try {
            tree.addDocument(json, field -> isAmongMisfits(field, row), scope);
        } catch (IOException e) {
            throw unreadable(row, CollectionSchema.MISFITS, e);
        }
    }

    private boolean isAmongMisfits(String field, Row row) {
        for (Part part : parts) {
            if (part.path.column().equals(field)) {
                return part.value(row) == null;
            }
        }
        return false;
    }

    /** Of several paths into one column the first stands for all: the column is read once. */
    private boolean isFirstOfItsColumn(int path) {
        for (int i = 0; i < path; i++) {
            if (parts[i].column == parts[path].column) {
                return false;
            }
        }
        return true;
    }

    private void collect(DocumentTree.Scope scope, int depth, @Nullable Object[] values, Set<List<Object>> keys) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].depth == depth) {
                values[i] = scope.values[i];
            }
        }
        if (depth < deepest) {
            scope.elements.forEach(element -> collect(element, depth + 1, values, keys));
            return;
        }
        Object[] complete = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                return;
            }
            complete[i] = value;
        }
        keys.add(List.of(complete));
    }

    /** Without the parser's own message: that would quote the row. */
    private static PipelineException unreadable(Row row, String column, IOException e) {
        String place = e instanceof JsonProcessingException syntax
                ? ", at character " + syntax.getLocation().getCharOffset()
                : "";
        return new PipelineException(
                ErrorCode.RECORD_UNREADABLE,
                "A value is not the JSON that its column promises" + place,
                row.schema().id() + "." + column,
                "Look the row up at the source and correct it there.");
    }
}
