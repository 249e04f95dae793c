package io.vaultline.vault;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.value.DocumentPath;
import io.vaultline.vault.value.ExtendedJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several paths as one tree: what stands at their ends is found in one reading of a document. What stands in one array
 * element belongs together, and to what stands around the array.
 */
final class DocumentTree {
    /** Turns what stands at the end of a path into what is wanted of it; null if it can't be that. */
    @FunctionalInterface
    interface Taker {
        /** @param type one of {@link DocumentPath#SCALAR_TYPES} */
        @Nullable
        Object take(int path, Simple type, Object scalar);
    }

    /** What stands in one array element, or outside of all arrays. */
    static final class Scope {
        /** By path; those that lead elsewhere are null. */
        final @Nullable Object[] values;
        /** Of the next array that paths go through. */
        final List<Scope> elements = new ArrayList<>();

        Scope(int paths) {
            values = new @Nullable Object[paths];
        }
    }

    private static final class Branch {
        final Map<String, Branch> fields = new HashMap<>();

        @Nullable
        Branch element;

        int path = NO_PATH;

        Branch step(String step) {
            if (!step.equals(DocumentPath.ELEMENT)) {
                return fields.computeIfAbsent(step, name -> new Branch());
            }
            if (element == null) {
                element = new Branch();
            }
            return element;
        }
    }

    private static final int NO_PATH = -1;

    private final Branch root = new Branch();
    private final int paths;
    private final Taker taker;

    /** @param paths different ones that go through the same arrays, as far as they go through any */
    DocumentTree(List<DocumentPath> paths, Taker taker) {
        this.paths = paths.size();
        this.taker = taker;
        for (int i = 0; i < this.paths; i++) {
            Branch branch = root;
            for (String step : paths.get(i).steps()) {
                branch = branch.step(step);
            }
            branch.path = i;
        }
    }

    /** A scope with nothing in it. */
    Scope scope() {
        return new Scope(paths);
    }

    /**
     * Adds what a document has.
     *
     * @param isWanted which of its top-level fields count
     * @throws IOException if it is not JSON
     */
    void addDocument(String json, Predicate<String> isWanted, Scope into) throws IOException {
        try (JsonParser parser = ExtendedJson.TEXT.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                walkFields(parser, root, isWanted, into);
            }
        }
    }

    /** Adds what a top-level field holds. @throws IOException if it is not JSON */
    void addField(String name, String json, Scope into) throws IOException {
        Branch branch = root.fields.get(name);
        try (JsonParser parser = ExtendedJson.TEXT.createParser(json)) {
            if (branch != null && parser.nextToken() != null) {
                walk(parser, branch, into);
            }
        }
    }

    /** Reads one value, whose first token is the current one, to its end. */
    private void walk(JsonParser parser, Branch branch, Scope scope) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY && branch.element != null) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                Scope element = scope();
                scope.elements.add(element);
                walk(parser, branch.element, element);
            }
        } else if (token == JsonToken.START_OBJECT && !branch.fields.isEmpty()) {
            walkFields(parser, branch, name -> true, scope);
        } else if (branch.path != NO_PATH) {
            int path = branch.path;
            ExtendedJson.scalar(parser, (type, value) -> scope.values[path] = taker.take(path, type, value));
        } else {
            parser.skipChildren();
        }
    }

    private void walkFields(JsonParser parser, Branch branch, Predicate<String> isWanted, Scope scope)
            throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Branch field = branch.fields.get(name);
            parser.nextToken();
            if (field != null && isWanted.test(name)) {
                walk(parser, field, scope);
            } else {
                parser.skipChildren();
            }
        }
    }
}
