package io.vaultline.vault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vaultline.event.DataType.Simple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A path to values within documents, such as {@code items[].product_id}: names of fields with dots between them, and
 * {@code []} behind a name for each element of an array.
 */
final class DocumentPath {
    /** Takes a value that stands at the end of the path; its type is one of {@link #SCALAR_TYPES}. */
    @FunctionalInterface
    interface Scalars {
        void add(Simple type, Object value);
    }

    static final Set<Simple> SCALAR_TYPES = EnumSet.of(Simple.TEXT, Simple.NUMERIC, Simple.BOOLEAN);

    private static final String ELEMENT = "[]";
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]\\s][^.\\[\\]]*)((?:\\[])*)(\\.(?=.)|$)");
    /** Documents that a source holds are not refused for their size: that is bounded where they are captured. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String[] steps;

    private DocumentPath(List<String> steps) {
        this.steps = steps.toArray(String[]::new);
    }

    /** @throws IllegalArgumentException if the text is no path; the message says so */
    static DocumentPath parse(String text) {
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int end = 0;
        while (step.find() && step.start() == end) {
            steps.add(step.group(1));
            for (int i = 0; i < step.group(2).length(); i += ELEMENT.length()) {
                steps.add(ELEMENT);
            }
            end = step.end();
        }
        if (steps.isEmpty() || end != text.length()) {
            throw new IllegalArgumentException("`" + text + "` is no path such as `user_id` or `items[].product_id`");
        }
        return new DocumentPath(steps);
    }

    /** The top-level field that the path starts with. */
    String column() {
        return steps[0];
    }

    /** Whether the path is that field itself. */
    boolean isColumn() {
        return steps.length == 1;
    }

    /** The names on the path, with {@code _} between them. */
    String name() {
        return Arrays.stream(steps).filter(step -> !step.equals(ELEMENT)).collect(Collectors.joining("_"));
    }

    /** Finds values in a document. @throws IOException if it is not JSON */
    void inDocument(String json, Scalars scalars) throws IOException {
        find(json, 0, scalars);
    }

    /** Finds values in what the top-level field holds. @throws IOException if it is not JSON */
    void inColumn(String json, Scalars scalars) throws IOException {
        find(json, 1, scalars);
    }

    private void find(String json, int step, Scalars scalars) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != null) {
                walk(parser, step, scalars);
            }
        }
    }

    /** Reads one value, whose first token is the current one, to its end. */
    private void walk(JsonParser parser, int step, Scalars scalars) throws IOException {
        if (step == steps.length) {
            ExtendedJson.scalar(parser, scalars);
        } else if (steps[step].equals(ELEMENT) && parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                walk(parser, step + 1, scalars);
            }
        } else if (!steps[step].equals(ELEMENT) && parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean onPath = parser.currentName().equals(steps[step]);
                parser.nextToken();
                if (onPath) {
                    walk(parser, step + 1, scalars);
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            parser.skipChildren();
        }
    }
}
