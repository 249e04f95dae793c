package io.vaultline.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Everything that is wrong with one file, so that a person can mend it in one go. Texts never hold a value that may be secret. */
final class Problems {
    private record Problem(int line, int column, String key, String text) {}

    private static final Pattern SECRET_KEY =
            Pattern.compile("(password|secret|secret-key|secret\\.key|access-key|token|jaas\\.config)$");
    private static final Pattern WITH_PASSWORD = Pattern.compile("//[^/@:]+:[^/@]+@|[?&]password=");

    private final Path file;
    private final List<String> plainSecrets = new ArrayList<>();
    private final List<Problem> found = new ArrayList<>();

    Problems(Path file) {
        this.file = file;
    }

    /** A collector for the same file that nobody reads: for the keys of a section that is missing as a whole. */
    Problems unread() {
        return new Problems(file);
    }

    /** Notes a problem of the key at a node's place. */
    void add(Node at, String key, String text) {
        Mark mark = at.getStartMark().orElseThrow();
        found.add(new Problem(mark.getLine() + 1, mark.getColumn() + 1, key, text));
    }

    /** Notes a secret that stands in the file itself. */
    void seen(String key, String text) {
        boolean secret = SECRET_KEY.matcher(key).find()
                ? !text.isEmpty()
                : WITH_PASSWORD.matcher(text).find();
        if (secret && !text.contains("${")) {
            plainSecrets.add(key);
        }
    }

    /** The keys of the secrets that stand in the file itself. */
    List<String> plainSecrets() {
        return List.copyOf(plainSecrets);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    int count() {
        return found.size();
    }

    /** One line for each problem, in the file's order: {@code file:line:column key: text}. */
    String lines() {
        List<Problem> inOrder = new ArrayList<>(found);
        inOrder.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return String.join("\n", inOrder.stream().map(this::line).toList());
    }

    private String line(Problem problem) {
        String place = file.getFileName() + ":" + problem.line() + ":" + problem.column();
        return problem.key().isEmpty()
                ? place + " " + problem.text()
                : place + " " + problem.key() + ": " + problem.text();
    }
}
