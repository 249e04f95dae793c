package io.vaultline.vault.file;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything that is wrong with a vault model file, so that the user sees it at once. */
final class Problems {
    /** More names than these are not listed. */
    private static final int LISTED = 40;

    /** More problems than these are only counted: a file of aliases alone can have very many. */
    private static final int MAX_TOLD = 100;

    private record Problem(Place where, String what) {
        @Override
        public String toString() {
            return where + ": " + what;
        }
    }

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Place where, String what) {
        found.add(new Problem(where, what));
    }

    /**
     * Says what is there, and which of it is nearest.
     *
     * @param kind what the name should be a name of
     */
    void addUnknown(Place where, String kind, String name, Collection<String> known) {
        String hint = nearest(name, known)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse("");
        add(where, "unknown " + kind + " `" + name + "`" + hint + there(known));
    }

    private static String there(Collection<String> known) {
        if (known.isEmpty()) {
            return " (there is none)";
        }
        String more = known.size() > LISTED ? " and " + (known.size() - LISTED) + " more" : "";
        return known.stream().limit(LISTED).collect(Collectors.joining("`, `", " (there is `", "`" + more + ")"));
    }

    /** A line each, in the file's order. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        found.stream()
                .sorted(Comparator.comparing(Problem::where))
                .limit(MAX_TOLD)
                .forEach(problem -> lines.add(problem.toString()));
        if (found.size() > MAX_TOLD) {
            lines.add("and " + (found.size() - MAX_TOLD) + " more");
        }
        return lines;
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            String count = found.size() == 1 ? "a problem" : found.size() + " problems";
            throw new PipelineException(
                    ErrorCode.MODEL_INVALID,
                    "The vault model file has " + count + ":\n  " + String.join("\n  ", lines()),
                    file,
                    "Correct the file; `infer` without it prints what it can name, `infer --schema` what can stand in it.");
        }
    }

    /** The known name that is reached with the fewest changed letters, if they are no more than half of them. */
    private static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .filter(candidate -> 2 * distance(name, candidate) <= Math.max(name.length(), candidate.length()))
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to insert, remove or replace (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
