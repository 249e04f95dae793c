package io.vaultline.vault.file;

import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.hash.TextRule;
import io.vaultline.vault.model.HubKeyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code hubs} in the vault model file. */
final class HubSection {
    static final List<String> KEYS = List.of("name", "key", "type", "text", "collision-code");
    static final List<String> PART_KEYS = List.of("name", "type", "text");
    static final Map<String, TextRule> TEXT_RULES =
            Map.of("trim", TextRule.TRIMMED, "lower", TextRule.LOWER, "upper", TextRule.UPPER);

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
        String hashKey = name.map(n -> n.name() + "_hk").orElse("");
        List<HubKeyPart> key = fields.isList("key")
                ? parts(fields, hashKey)
                : part(fields, "key", hashKey).stream().toList();
        if (name.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        String code = fields.optional("collision-code")
                .map(Named::name)
                .orElse(name.get().name());
        return Optional.of(new DeclaredHub(name.get(), key, code));
    }

    /** The parts of a composite key; none if one of them is wrong. */
    private List<HubKeyPart> parts(YamlFields hub, String hashKey) {
        for (String ofParts : List.of("type", "text")) {
            if (hub.has(ofParts)) {
                problems.add(hub.where(), "`" + ofParts + "` stands with each part of a key that is a list");
            }
        }
        List<Node> items = hub.list("key");
        if (items.isEmpty()) {
            problems.add(hub.where(), "`key` is empty");
        }
        List<HubKeyPart> parts = new ArrayList<>();
        List<Named> columns = new ArrayList<>();
        for (Node item : items) {
            YamlFields fields = new YamlFields(item, PART_KEYS, problems);
            part(fields, "name", hashKey).ifPresent(parts::add);
            if (fields.has("name")) {
                fields.optional("name").ifPresent(columns::add);
            }
        }
        names.refuseTwice("part of a key", columns);
        return parts.size() == items.size() ? parts : List.of();
    }

    private Optional<HubKeyPart> part(YamlFields fields, String nameKey, String hashKey) {
        Optional<Named> column = fields.required(nameKey).filter(names::isColumn);
        Optional<DataType> type = type(fields);
        List<TextRule> text = text(fields, type.orElse(Simple.TEXT));
        if (column.isPresent() && column.get().name().equals(hashKey)) {
            problems.add(column.get().where(), "`" + column.get() + "` is what the hub's hash key is called");
            return Optional.empty();
        }
        return column.flatMap(c -> type.map(t -> new HubKeyPart(c.name(), t, t == Simple.TEXT ? text : List.of())));
    }

    private Optional<DataType> type(YamlFields fields) {
        if (!fields.has("type")) {
            return Optional.of(Simple.TEXT);
        }
        Optional<Named> type = fields.optional("type");
        DataType known = type.map(t -> DeclaredHub.TYPES.get(t.name())).orElse(null);
        if (type.isPresent() && known == null) {
            problems.addUnknown(
                    type.get().where(), "type", type.get().name(), new TreeSet<>(DeclaredHub.TYPES.keySet()));
        }
        return Optional.ofNullable(known);
    }

    private List<TextRule> text(YamlFields fields, DataType type) {
        List<TextRule> rules = new ArrayList<>();
        List<Named> named = fields.names("text");
        for (Named name : named) {
            TextRule rule = TEXT_RULES.get(name.name());
            if (rule == null) {
                problems.addUnknown(name.where(), "rule for texts", name.name(), new TreeSet<>(TEXT_RULES.keySet()));
            } else if (type != Simple.TEXT) {
                problems.add(name.where(), "`" + name + "` is a rule for texts, and this key is " + type);
            } else if (isCase(rule) && rules.stream().anyMatch(HubSection::isCase)) {
                problems.add(name.where(), "a second rule for the case of letters, `" + name + "`");
            } else {
                rules.add(rule);
            }
        }
        names.refuseTwice(
                "rule", named.stream().filter(n -> n.name().equals("trim")).toList());
        return rules;
    }

    private static boolean isCase(TextRule rule) {
        return rule != TextRule.TRIMMED;
    }
}
