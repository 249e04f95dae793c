package io.vaultline.vault.file;

import io.vaultline.vault.file.DeclaredSameAs.DeclaredMerges;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code same-as} in the vault model file. */
final class SameAsSection {
    static final List<String> KEYS = List.of("hub", "from", "duplicate", "master");

    private final Problems problems;
    private final NameRules names;

    SameAsSection(Problems problems) {
        this.problems = problems;
        this.names = new NameRules(problems);
    }

    List<DeclaredSameAs> read(List<Node> items) {
        List<DeclaredSameAs> found =
                items.stream().map(this::sameAs).flatMap(Optional::stream).toList();
        Set<List<String>> seen = new HashSet<>();
        for (DeclaredSameAs sameAs : found) {
            String from = sameAs.merges().map(merges -> merges.from().name()).orElse("");
            if (!seen.add(List.of(sameAs.hub().name(), from))) {
                problems.add(
                        sameAs.hub().where(),
                        "a second same-as of hub `" + sameAs.hub() + "`"
                                + (from.isEmpty() ? "" : " from `" + from + "`"));
            }
        }
        return found;
    }

    private Optional<DeclaredSameAs> sameAs(Node item) {
        YamlFields fields = new YamlFields(item, KEYS, problems);
        Optional<Named> hub = fields.required("hub");
        if (!fields.has("from") && !fields.has("duplicate") && !fields.has("master")) {
            return hub.map(name -> new DeclaredSameAs(name, Optional.empty(), fields.where()));
        }
        Optional<Named> from = fields.required("from");
        Optional<List<String>> duplicate = paths(fields, "duplicate");
        Optional<List<String>> master = paths(fields, "master");
        return hub.flatMap(h -> from.flatMap(f -> duplicate.flatMap(d ->
                master.map(m -> new DeclaredSameAs(h, Optional.of(new DeclaredMerges(f, d, m)), fields.where())))));
    }

    private Optional<List<String>> paths(YamlFields fields, String key) {
        List<Named> paths = fields.oneOrMore(key);
        boolean arePaths =
                !paths.isEmpty() && paths.stream().filter(names::isPath).count() == paths.size();
        return arePaths ? Optional.of(paths.stream().map(Named::name).toList()) : Optional.empty();
    }
}
