package io.vaultline.vault;

import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.value.Conversion;
import io.vaultline.vault.value.DocumentField;
import io.vaultline.vault.value.DocumentPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs together in rows of one shape, each part by a path of its own: in the column that the path starts
 * with, or among the misfits where the document's field did not fit that column. Parts in one array element belong
 * together, and to those around the array. What can't be a part is none. Where a part is lacking that must be there,
 * nothing is found; others are null then.
 */
final class DocumentUnits {
    private static final int LACKING = -1;

    private final Part[] parts;
    private final DocumentTree tree;
    private final int misfits;
    private final int deepest;
    private final int required;
    private final int known;

    /**
     * @param paths one for each part
     * @param wanted what each part is to be
     * @param required so many parts, from the first on, must be there
     * @param known so many parts, from the first on, must have been sent; else the row does not say
     */
    DocumentUnits(List<DocumentPath> paths, List<HubKeyPart> wanted, int required, int known, CollectionSchema shape) {
        this.parts = new Part[paths.size()];
        this.required = required;
        this.known = known;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part(paths.get(i), wanted.get(i), shape);
        }
        this.tree = new DocumentTree(paths, (path, type, scalar) -> parts[path].fromJson(type, scalar));
        this.misfits = shape.indexOf(CollectionSchema.MISFITS).orElse(LACKING);
        this.deepest = paths.stream().mapToInt(DocumentPath::depth).max().orElse(0);
    }

    /** Where a part stands, and how it becomes one. */
    private static final class Part {
        final DocumentPath path;
        final int depth;
        final int column;
        final DataType columnType;
        private final HubKeyPart wanted;
        private final Conversion fromColumn;
        private final Map<Simple, Conversion> fromJson = new EnumMap<>(Simple.class);

        Part(DocumentPath path, HubKeyPart wanted, CollectionSchema shape) {
            this.path = path;
            this.depth = path.depth();
            this.wanted = wanted;
            this.column = shape.indexOf(path.column()).orElse(LACKING);
            this.columnType = column == LACKING
                    ? Simple.JSON
                    : shape.columns().get(column).type();
            this.fromColumn = path.isColumn() ? Conversion.between(columnType, wanted.type()) : Conversion.NONE;
            for (Simple type : DocumentPath.SCALAR_TYPES) {
                fromJson.put(type, Conversion.between(type, wanted.type()));
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
            return value == null ? null : wanted.normalised(value);
        }
    }

    /**
     * @return the parts of each unit in the document's order, {@link Unavailable#VALUE} for those outside of arrays that
     *     were not sent and need not have been; empty if the row does not say
     * @throws PipelineException {@code RECORD_UNREADABLE} if a JSON column holds no JSON
     */
    Optional<List<@Nullable Object[]>> find(Row row) {
        Object rest = misfits == LACKING ? null : row.get(misfits);
        boolean unknown = false;
        for (int i = 0; i < parts.length; i++) {
            Object value = parts[i].value(row);
            if (i < required && value == null && rest == null) {
                return Optional.of(List.of()); // whatever the other parts are
            }
            unknown |= (i < known || parts[i].depth > 0) && isUnsent(value, rest);
        }
        if (unknown) {
            return Optional.empty();
        }
        List<@Nullable Object[]> units = new ArrayList<>();
        collect(read(row, rest), 0, new @Nullable Object[parts.length], units);
        return Optional.of(units);
    }

    /** The parts outside of arrays, as in {@link #find}; the others are null. */
    @Nullable
    Object[] outside(Row row) {
        DocumentTree.Scope scope = read(row, misfits == LACKING ? null : row.get(misfits));
        @Nullable Object[] values = new @Nullable Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = parts[i].depth == 0 ? scope.values[i] : null;
        }
        return values;
    }

    private static boolean isUnsent(@Nullable Object value, @Nullable Object rest) {
        return value == Unavailable.VALUE || (value == null && rest == Unavailable.VALUE);
    }

    private DocumentTree.Scope read(Row row, @Nullable Object rest) {
        DocumentTree.Scope scope = tree.scope();
        for (int i = 0; i < parts.length; i++) {
            Part part = parts[i];
            Object value = part.value(row);
            if (isUnsent(value, rest)) {
                scope.values[i] = Unavailable.VALUE;
            } else if (value != null && part.columnType != Simple.JSON) {
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
            throw DocumentField.unreadable(row, column, e);
        }
    }

    private void addMisfits(String json, Row row, DocumentTree.Scope scope) {
        try {
            tree.addDocument(json, field -> isAmongMisfits(field, row), scope);
        } catch (IOException e) {
            throw DocumentField.unreadable(row, CollectionSchema.MISFITS, e);
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

    private void collect(
            DocumentTree.Scope scope, int depth, @Nullable Object[] values, List<@Nullable Object[]> units) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].depth >= depth) {
                values[i] = parts[i].depth == depth ? scope.values[i] : null;
            }
        }
        if (depth < deepest && !scope.elements.isEmpty()) {
            scope.elements.forEach(element -> collect(element, depth + 1, values, units));
            return;
        }
        for (int i = 0; i < required; i++) {
            if (values[i] == null) {
                return;
            }
        }
        units.add(values.clone());
    }
}
