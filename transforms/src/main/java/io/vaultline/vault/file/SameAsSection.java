package io.vaultline.vault.file;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code same-as} in the vault model file. */
final class SameAsSection {
    static final List<String> KEYS = List.of("hub");

    private final Problems problems;
    private final NameRules names;

    SameAsSection(Problems problems) {
        this.problems = problems;
        this.names = new NameRules(problems);
    }

    List<DeclaredSameAs> read(List<Node> items) {
        List<DeclaredSameAs> found =
                items.stream().map(this::sameAs).flatMap(Optional::stream).toList();
        names.refuseTwice(
                "same-as of hub", found.stream().map(DeclaredSameAs::hub).toList());
        return found;
    }

    private Optional<DeclaredSameAs> sameAs(Node item) {
        return new YamlFields(item, KEYS, problems).required("hub").map(DeclaredSameAs::new);
    }
}
