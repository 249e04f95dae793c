package io.vaultline.capture.mask;

import io.vaultline.capture.mask.Masks.Rule;
import io.vaultline.config.MaskAction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What happens to the fields of one collection's documents, at any depth. A mask on a field holds for all that is in it.
 * For any number of threads.
 */
public final class PathMasks {
    private static final int MOST_REMEMBERED = 10_000;

    private final String collection;
    private final List<Rule> rules;
    private final Function<MaskAction, ColumnMask> masks;
    private final Map<String, Step> known = new ConcurrentHashMap<>();

    /**
     * What to do at a field.
     *
     * @param mask for the field as a whole
     * @param enters whether something in it may be masked
     * @param expectsDocument whether something in it is to be masked, by name: a plain value in its place, which may hold
     *     the same data in another form, is redacted
     */
    public record Step(ColumnMask mask, boolean enters, boolean expectsDocument) {}

    PathMasks(String collection, List<Rule> rules, Function<MaskAction, ColumnMask> masks) {
        this.collection = collection;
        this.rules = rules.stream()
                .filter(rule -> rule.glob().canMatchBelow(collection))
                .toList();
        this.masks = masks;
    }

    /** Whether any document of the collection can be changed. */
    public boolean any() {
        return !rules.isEmpty();
    }

    /** @param path names of fields with dots between, from the document's top; elements of arrays add nothing to it */
    public Step at(String path) {
        Step step = known.get(path);
        if (step == null) {
            step = decide(path);
            if (known.size() < MOST_REMEMBERED) {
                known.put(path, step);
            }
        }
        return step;
    }

    private Step decide(String path) {
        int deciding = 0;
        while (deciding < rules.size() && !covers(rules.get(deciding).glob(), path)) {
            deciding++;
        }
        MaskAction action = deciding < rules.size() ? rules.get(deciding).action() : new MaskAction.Keep();
        String name = collection + "." + path;
        List<Rule> earlier = rules.subList(0, deciding);
        return new Step(
                masks.apply(action),
                earlier.stream().anyMatch(rule -> rule.glob().canMatchBelow(name)),
                earlier.stream()
                        .anyMatch(rule -> rule.glob().isBelow(name) && !(rule.action() instanceof MaskAction.Keep)));
    }

    /** Whether a pattern fits the field or one that it is in. */
    private boolean covers(Glob glob, String path) {
        for (int end = path.indexOf('.'); end >= 0; end = path.indexOf('.', end + 1)) {
            if (glob.matches(collection + "." + path.substring(0, end))) {
                return true;
            }
        }
        return glob.matches(collection + "." + path);
    }
}
