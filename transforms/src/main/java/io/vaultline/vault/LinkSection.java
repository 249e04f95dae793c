package io.vaultline.vault;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code links} in the vault model file. */
final class LinkSection {
    static final List<String> KEYS = List.of("from", "path", "to");

    private final Problems problems;
    private final NameRules names;

    LinkSection(Problems problems) {
        this.problems = problems;
        this.names = new NameRules(problems);
    }

    List<DocumentLink> read(List<Node> items) {
        return items.stream().map(this::link).flatMap(Optional::stream).toList();
    }

    private Optional<DocumentLink> link(Node item) {
        YamlFields fields = new YamlFields(item, KEYS, problems);
        Optional<Named> from = fields.required("from");
        Optional<Named> path = fields.required("path").filter(names::isPath);
        Optional<Named> to = fields.required("to");
        return from.flatMap(f ->
                path.flatMap(p -> to.map(t -> new DocumentLink(f.name(), p.name(), t.name(), fields.where()))));
    }
}
