package io.vaultline.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of the file, read strictly: each key that is asked for is known, {@link #rejectUnknownKeys} reports the
 * others. Problems are noted, and the reading goes on with a stand-in.
 */
final class YamlMap {
    private final Node at;
    private final String path;
    private final Problems problems;
    private final References references;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    /** The mapping at a node; a node of another kind is a problem. */
    YamlMap(Node node, String path, Problems problems, References references) {
        this.at = node;
        this.path = path;
        this.problems = problems;
        this.references = references;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::add);
        } else if (!isNull(node)) {
            problems.add(node, path, "must be a mapping of keys to values");
        }
    }

    private void add(NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            problems.add(entry.getKeyNode(), path, "a key must be a plain word");
            return;
        }
        NodeTuple earlier = entries.putIfAbsent(key.getValue(), entry);
        if (earlier != null) {
            int line = earlier.getKeyNode().getStartMark().orElseThrow().getLine() + 1;
            problems.add(key, child(key.getValue()), "stands here for the second time, after line " + line);
        }
    }

    /** The value of a key that must be there. */
    <T> T required(String key, ValueType<T> type) {
        return find(key).map(node -> scalar(node, child(key), type)).orElseGet(() -> {
            problems.add(at, child(key), "is missing; it must be " + type.mustBe());
            return type.standIn();
        });
    }

    /** The value of a key, or the default where the key is absent. */
    <T> T optional(String key, ValueType<T> type, T fallback) {
        return find(key).map(node -> scalar(node, child(key), type)).orElse(fallback);
    }

    /** The values of a list; none where the key is absent. */
    <T> List<T> list(String key, ValueType<T> type) {
        Optional<Node> node = find(key).filter(found -> !isNull(found));
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof SequenceNode sequence)) {
            problems.add(node.get(), child(key), "must be a list: [ a, b ]");
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            values.add(scalar(item, child(key) + "[" + values.size() + "]", type));
        }
        return values;
    }

    /** All values of a mapping whose keys are free; none where the key is absent. */
    <T> Map<String, T> freeMap(String key, ValueType<T> type) {
        YamlMap map = section(key);
        Map<String, T> values = new LinkedHashMap<>();
        map.entries.keySet().forEach(name -> values.put(name, map.required(name, type)));
        return values;
    }

    /** A mapping below a key; an empty one where the key is absent. */
    YamlMap section(String key) {
        return find(key)
                .map(node -> new YamlMap(node, child(key), problems, references))
                .orElseGet(() -> new YamlMap(nothing(), child(key), problems, references));
    }

    /** A mapping that must be there; its own keys are not reported as missing when it is missing as a whole. */
    YamlMap requiredSection(String key) {
        Optional<Node> node = find(key).filter(found -> !isNull(found));
        if (node.isPresent()) {
            return section(key);
        }
        problems.add(at, child(key), "is missing");
        return new YamlMap(nothing(), child(key), problems.unread(), references);
    }

    /** The mappings below free keys, in the file's order. */
    Map<String, YamlMap> sections(String key) {
        YamlMap parent = requiredSection(key);
        Map<String, YamlMap> sections = new LinkedHashMap<>();
        parent.entries.keySet().forEach(name -> sections.put(name, parent.section(name)));
        return sections;
    }

    /** All keys, in the file's order. */
    List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** Whether a mapping stands at the key. */
    boolean isMapping(String key) {
        return find(key).filter(MappingNode.class::isInstance).isPresent();
    }

    /** Whether the key is there, with nothing or the word null as its value. */
    boolean isNull(String key) {
        return find(key).filter(YamlMap::isNull).isPresent();
    }

    /** Whether the key is there. */
    boolean has(String key) {
        return find(key).isPresent();
    }

    /** Notes a problem of one of this mapping's keys, at its value. */
    void reject(String key, String text) {
        problems.add(find(key).orElse(at), child(key), text);
    }

    /** Notes a problem of the mapping as a whole. */
    void reject(String text) {
        problems.add(at, path, text);
    }

    /** Notes each key that nobody has asked for, with the known key that was probably meant. */
    void rejectUnknownKeys() {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                String advice = NearestKey.of(key, known)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElseGet(() -> "known here: " + String.join(", ", known));
                problems.add(entry.getKeyNode(), child(key), "unknown key; " + advice);
            }
        });
    }

    private Optional<Node> find(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
    }

    private <T> T scalar(Node node, String key, ValueType<T> type) {
        if (!(node instanceof ScalarNode scalar)) {
            problems.add(node, key, "must be " + type.mustBe() + ", not a list or mapping");
        } else if (isNull(node)) {
            problems.add(node, key, "has no value; it must be " + type.mustBe());
        } else if (node.getTag().getValue().startsWith("!")) {
            problems.add(node, key, "a value that begins with ! must stand in quotes");
        } else {
            return parsed(scalar, key, type);
        }
        return type.standIn();
    }

    private <T> T parsed(ScalarNode scalar, String key, ValueType<T> type) {
        problems.seen(key, scalar.getValue());
        try {
            Optional<T> value = type.parser().apply(references.resolve(scalar.getValue()));
            if (value.isPresent()) {
                return value.get();
            }
            String found = type.shown() ? ", found " + scalar.getValue() : "";
            problems.add(scalar, key, "must be " + type.mustBe() + found);
        } catch (References.Unresolved e) {
            problems.add(scalar, key, String.valueOf(e.getMessage()));
        }
        return type.standIn();
    }

    private Node nothing() {
        return new ScalarNode(Tag.NULL, true, "", ScalarStyle.PLAIN, at.getStartMark(), at.getEndMark());
    }

    private String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isNull(Node node) {
        return Tag.NULL.equals(node.getTag());
    }
}
