package io.vaultline.vault.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The values of a YAML mapping by key. What is not as it should be becomes a problem, and counts as absent. */
final class YamlFields {
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final Node node;
    private final Problems problems;
    private final Map<String, Node> values = new HashMap<>();

    /** @param known the keys that the mapping can have */
    YamlFields(Node node, List<String> known, Problems problems) {
        this.node = node;
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> add(tuple, known));
        } else {
            problems.add(where(), "here must stand keys: `" + String.join("`, `", known) + "`");
        }
    }

    private void add(NodeTuple tuple, List<String> known) {
        Place where = Place.of(tuple.getKeyNode());
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!known.contains(key)) {
            problems.addUnknown(where, "key", key, known);
        } else if (values.put(key, tuple.getValueNode()) != null) {
            problems.add(where, "`" + key + "` stands here twice");
        }
    }

    static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    Place where() {
        return Place.of(node);
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The text of a key that must be there. */
    Optional<Named> required(String key) {
        if (isMapping() && !has(key)) {
            problems.add(where(), "`" + key + "` is missing");
        }
        return optional(key);
    }

    Optional<Named> optional(String key) {
        return Optional.ofNullable(values.get(key)).flatMap(value -> text(value, key));
    }

    /** The elements of a list; none if the key is absent or has no value. */
    List<Node> list(String key) {
        Node value = values.get(key);
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (value != null && !isEmpty(value)) {
            problems.add(Place.of(value), "`" + key + "` is not a list");
        }
        return List.of();
    }

    Optional<Node> node(String key) {
        return Optional.ofNullable(values.get(key));
    }

    boolean flag(String key, boolean otherwise) {
        Optional<Named> text = has(key) ? optional(key) : Optional.empty();
        text.filter(word -> !FLAGS.contains(word.name()))
                .ifPresent(word -> problems.add(word.where(), "`" + key + "` is `true` or `false`"));
        return text.map(word -> word.name().equals("true")).orElse(otherwise);
    }

    boolean isList(String key) {
        return values.get(key) instanceof SequenceNode;
    }

    /** The text of a key that must be there, or the texts in its list. */
    List<Named> oneOrMore(String key) {
        if (!isList(key)) {
            return required(key).stream().toList();
        }
        if (list(key).isEmpty()) {
            problems.add(where(), "`" + key + "` is empty");
        }
        return names(key);
    }

    List<Named> names(String key) {
        return list(key).stream()
                .flatMap(item -> text(item, key).map(Stream::of).orElseGet(Stream::empty))
                .toList();
    }

    /** Where {@code true} stands; empty if the key is absent or says {@code false}. */
    Optional<Place> flag(String key) {
        Optional<Named> said = optional(key);
        boolean is = said.isPresent() && said.get().name().equals("true");
        if (said.isPresent() && !is && !said.get().name().equals("false")) {
            problems.add(said.get().where(), "`" + key + "` is either `true` or `false`");
        }
        return is ? said.map(Named::where) : Optional.empty();
    }

    /** A key and its value, where a map can have keys of any name. */
    record Pair(Named key, Named value) {}

    /** The keys and values of a map in its order, each key once; none if the key is absent or has no value. */
    List<Pair> pairs(String key) {
        Node value = values.get(key);
        List<Pair> pairs = new ArrayList<>();
        if (value instanceof MappingNode mapping) {
            mapping.getValue()
                    .forEach(tuple -> text(tuple.getKeyNode(), key)
                            .ifPresent(name -> text(tuple.getValueNode(), name.name())
                                    .ifPresent(named -> pairs.add(new Pair(name, named)))));
        } else if (value != null && !isEmpty(value)) {
            problems.add(Place.of(value), "`" + key + "` is no map");
        }
        return pairs;
    }

    /** A key of any name, and its value. */
    record Entry(Named key, Node value) {
        /** The value as a text; what is none becomes a problem. */
        Optional<Named> text(Problems problems) {
            return YamlFields.text(value, key.name(), problems);
        }
    }

    /** What stands in a map whose keys can have any name; none if the key is absent or has no value. */
    List<Entry> entries(String key) {
        Node value = values.get(key);
        if (value instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .flatMap(tuple ->
                            text(tuple.getKeyNode(), key).map(name -> new Entry(name, tuple.getValueNode())).stream())
                    .toList();
        }
        if (value != null && !isEmpty(value)) {
            problems.add(Place.of(value), "`" + key + "` is no map");
        }
        return List.of();
    }

    private Optional<Named> text(Node value, String key) {
        return text(value, key, problems);
    }

    private static Optional<Named> text(Node value, String key, Problems problems) {
        if (value instanceof ScalarNode scalar && !isEmpty(scalar)) {
            return Optional.of(new Named(scalar.getValue(), Place.of(scalar)));
        }
        problems.add(Place.of(value), "`" + key + "` is no name");
        return Optional.empty();
    }
}
