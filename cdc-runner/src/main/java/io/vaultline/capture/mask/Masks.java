package io.vaultline.capture.mask;

import io.vaultline.config.MaskAction;
import io.vaultline.config.MaskRule;
import io.vaultline.config.NearestKey;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.CollectionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The one place that decides what is masked: columns that are excluded, then the masks in the order of the
 * configuration. The first that matches counts.
 */
public final class Masks {
    private final List<Rule> rules;
    private final Optional<MaskHash> hash;

    record Rule(Glob glob, MaskAction action) {}

    /** A mask that no column of the source fits, and the column that was probably meant. */
    public record Unmatched(String pattern, Optional<String> nearest) {
        /** One sentence for a person. */
        public String text() {
            return "The mask " + pattern + " fits no column"
                    + nearest.map(name -> "; did you mean " + name + "?").orElse("");
        }
    }

    private Masks(List<Rule> rules, Optional<MaskHash> hash) {
        this.rules = List.copyOf(rules);
        this.hash = hash;
    }

    /** The masks of a source's configuration. */
    public static Masks of(SourceConfig source) {
        List<Rule> rules = new ArrayList<>();
        for (String excluded : source.excludeColumns()) {
            rules.add(new Rule(new Glob(excluded), new MaskAction.Drop()));
        }
        for (MaskRule rule : source.masking().rules()) {
            rules.add(new Rule(new Glob(rule.pattern()), rule.action()));
        }
        boolean hashes = rules.stream().anyMatch(rule -> rule.action() instanceof MaskAction.Hash);
        return new Masks(
                rules, hashes ? Optional.of(new MaskHash(source.masking().secret())) : Optional.empty());
    }

    /** Whether there are any. */
    public boolean any() {
        return !rules.isEmpty();
    }

    /** What happens to a column. */
    public ColumnMask column(CollectionId id, String column) {
        String name = name(id) + "." + column;
        return rules.stream()
                .filter(rule -> rule.glob().matches(name))
                .findFirst()
                .map(rule -> mask(rule.action()))
                .orElseGet(() -> mask(new MaskAction.Keep()));
    }

    /** What happens to the fields of a collection's documents, at any depth. */
    public PathMasks paths(CollectionId id) {
        return new PathMasks(name(id), rules, this::mask);
    }

    private ColumnMask mask(MaskAction action) {
        return new ColumnMask(action, hash);
    }

    /**
     * The masks that none of these names fits.
     *
     * @param names of columns and paths: {@code namespace.collection.column}
     */
    public List<Unmatched> unmatched(Collection<String> names) {
        return rules.stream()
                .map(Rule::glob)
                .filter(glob -> names.stream().noneMatch(glob::matches))
                .map(glob -> new Unmatched(glob.toString(), NearestKey.of(glob.toString(), names)))
                .toList();
    }

    private static String name(CollectionId id) {
        return id.namespace() + "." + id.name();
    }
}
