package io.vaultline.vault;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code hubs} in the vault model file. */
final class HubSection {
    static final List<String> KEYS = List.of("name", "key", "type", "collision-code");

    private final Problems problems;
    private final NameRules names;

    HubSection(Problems problems) {
        this.problems = problems;
        this.names = new NameRules(problems);
    }

    List<DeclaredHub> read(List<Node> items) {
        List<DeclaredHub> hubs =
                items.stream().map(this::hub).flatMap(Optional::stream).toList();
        names.refuseTwice("hub", hubs.stream().map(DeclaredHub::name).toList());
        return hubs;
    }

    private Optional<DeclaredHub> hub(Node item) {
        YamlFields fields = new YamlFields(item, KEYS, problems);
        Optional<Named> name = fields.required("name").filter(names::isName);
        Optional<Named> key = fields.required("key").filter(names::isColumn);
        Named text = new Named("text", fields.where());
        Named type = fields.has("type") ? fields.optional("type").orElse(text) : text;
        if (!DeclaredHub.TYPES.containsKey(type.name())) {
            problems.addUnknown(type.where(), "type", type.name(), new TreeSet<>(DeclaredHub.TYPES.keySet()));
            return Optional.empty();
        }
        if (name.isPresent()
                && key.isPresent()
                && key.get().name().equals(name.get().name() + "_hk")) {
            problems.add(key.get().where(), "`" + key.get() + "` is what the hub's hash key is called");
            return Optional.empty();
        }
        return name.flatMap(n -> key.map(k -> new DeclaredHub(
                n,
                k.name(),
                DeclaredHub.TYPES.get(type.name()),
                fields.optional("collision-code").map(Named::name).orElse(n.name()))));
    }
}
