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
        List<Named> paths = fields.oneOrMore("path");
        boolean arePaths =
                !paths.isEmpty() && paths.stream().filter(names::isPath).count() == paths.size();
        Optional<Named> to = fields.required("to");
        if (!arePaths) {
            return Optional.empty();
        }
        List<String> texts = paths.stream().map(Named::name).toList();
        return from.flatMap(f -> to.map(t -> new DocumentLink(f.name(), texts, t.name(), fields.where())));
    }
}
