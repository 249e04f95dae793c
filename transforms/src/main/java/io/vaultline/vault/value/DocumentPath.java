package io.vaultline.vault.value;

import io.vaultline.event.DataType.Simple;
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
public final class DocumentPath {
    /** Takes a value that stands at the end of the path; its type is one of {@link #SCALAR_TYPES}. */
    @FunctionalInterface
    public interface Scalars {
        void add(Simple type, Object value);
    }

    public static final Set<Simple> SCALAR_TYPES = EnumSet.of(Simple.TEXT, Simple.NUMERIC, Simple.BOOLEAN);

    /** The step into each element of an array. */
    public static final String ELEMENT = "[]";

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]\\s][^.\\[\\]]*)((?:\\[])*)(\\.(?=.)|$)");

    private final String text;
    private final String[] steps;

    private DocumentPath(String text, List<String> steps) {
        this.text = text;
        this.steps = steps.toArray(String[]::new);
    }

    /** @throws IllegalArgumentException if the text is no path; the message says so */
    public static DocumentPath parse(String text) {
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
        return new DocumentPath(text, steps);
    }

    /** The top-level field that the path starts with. */
    public String column() {
        return steps[0];
    }

    /** Whether the path is that field itself. */
    public boolean isColumn() {
        return steps.length == 1;
    }

    /** The names on the path, with {@code _} between them. */
    public String name() {
        return Arrays.stream(steps).filter(step -> !step.equals(ELEMENT)).collect(Collectors.joining("_"));
    }

    /** The last name on the path. */
    public String lastName() {
        return Arrays.stream(steps)
                .filter(step -> !step.equals(ELEMENT))
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    /** Its steps: names of fields, and {@link #ELEMENT}. */
    public List<String> steps() {
        return List.of(steps);
    }

    /** How many arrays it goes through. */
    public int depth() {
        return (int) Arrays.stream(steps).filter(ELEMENT::equals).count();
    }

    /** Whether it is clear which values of paths belong together: each leads to one, all arrays are within each other. */
    public static boolean areOneWhole(List<DocumentPath> paths) {
        for (int i = 0; i < paths.size(); i++) {
            for (DocumentPath before : paths.subList(0, i)) {
                DocumentPath path = paths.get(i);
                if (!path.sharesArraysWith(before) || path.isWithin(before) || before.isWithin(path)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether all arrays that one of the two goes through are arrays that the other goes through. */
    public boolean sharesArraysWith(DocumentPath other) {
        int shared = Math.min(arrays().size(), other.arrays().size());
        return arrays().subList(0, shared).equals(other.arrays().subList(0, shared));
    }

    /** The way to each array on the path. */
    private List<List<String>> arrays() {
        List<List<String>> arrays = new ArrayList<>();
        for (int i = 0; i < steps.length; i++) {
            if (steps[i].equals(ELEMENT)) {
                arrays.add(List.of(steps).subList(0, i));
            }
        }
        return arrays;
    }

    /** Whether the other path leads on from where this one ends. */
    public boolean isWithin(DocumentPath other) {
        return steps.length >= other.steps.length
                && steps().subList(0, other.steps.length).equals(other.steps());
    }

    @Override
    public String toString() {
        return text;
    }
}
