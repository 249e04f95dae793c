package io.vaultline.vault;

import io.vaultline.error.PipelineException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The YAML form of what a user adds to the inferred model:
 *
 * <pre>{@code
 * links:
 *   - from: purchases          # entity
 *     path: items[].product_id
 *     to: products             # entity
 * }</pre>
 */
public final class VaultFile {
    private static final String LINKS = "links";
    private static final String FROM = "from";
    private static final String PATH = "path";
    private static final String TO = "to";

    private final Problems problems;
    private final String name;

    private VaultFile(String name) {
        this.name = name;
        this.problems = new Problems(name);
    }

    /**
     * @param text YAML; empty is fine
     * @param name of the file, for messages
     * @throws PipelineException {@code MODEL_INVALID} with every problem, its line and column
     */
    public static DocumentLinks parse(String text, String name) {
        return new VaultFile(name).parse(text);
    }

    private DocumentLinks parse(String text) {
        List<DocumentLink> links = new ArrayList<>();
        compose(text).filter(root -> !isEmpty(root)).ifPresent(root -> {
            Node list = fields(root, List.of(LINKS)).get(LINKS);
            if (list instanceof SequenceNode sequence) {
                sequence.getValue().forEach(item -> link(item).ifPresent(links::add));
            } else if (list != null && !isEmpty(list)) {
                problems.add(where(list), "`links` is not a list");
            }
        });
        problems.throwIfAny();
        return new DocumentLinks(name, links);
    }

    private Optional<Node> compose(String text) {
        try {
            return new Compose(LoadSettings.builder().setLabel(name).build()).composeString(text);
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark().map(VaultFile::where).orElse("somewhere"), "no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add("somewhere", "no YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<DocumentLink> link(Node item) {
        Map<String, Node> fields = fields(item, List.of(FROM, PATH, TO));
        if (!(item instanceof MappingNode)) {
            return Optional.empty();
        }
        Optional<ScalarNode> from = scalar(item, fields, FROM);
        Optional<ScalarNode> path = scalar(item, fields, PATH).filter(this::isPath);
        Optional<ScalarNode> to = scalar(item, fields, TO);
        return from.flatMap(f -> path.flatMap(
                p -> to.map(t -> new DocumentLink(f.getValue(), p.getValue(), t.getValue(), where(item)))));
    }

    private boolean isPath(ScalarNode node) {
        try {
            DocumentPath.parse(node.getValue());
            return true;
        } catch (IllegalArgumentException e) {
            problems.add(where(node), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private Optional<ScalarNode> scalar(Node item, Map<String, Node> fields, String key) {
        Node node = fields.get(key);
        if (node instanceof ScalarNode scalar && !isEmpty(scalar)) {
            return Optional.of(scalar);
        }
        problems.add(
                where(node == null ? item : node), "`" + key + "` " + (node == null ? "is missing" : "is no name"));
        return Optional.empty();
    }

    /** The values of a mapping by key; what is no mapping, or has other keys, or a key twice, becomes a problem. */
    private Map<String, Node> fields(Node node, List<String> known) {
        Map<String, Node> fields = new HashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problems.add(where(node), "here must stand keys: `" + String.join("`, `", known) + "`");
            return fields;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!known.contains(key)) {
                problems.addUnknown(where(tuple.getKeyNode()), "key", key, known);
            } else if (fields.put(key, tuple.getValueNode()) != null) {
                problems.add(where(tuple.getKeyNode()), "`" + key + "` stands here twice");
            }
        }
        return fields;
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String where(Node node) {
        return node.getStartMark().map(VaultFile::where).orElse("somewhere");
    }

    private static String where(Mark mark) {
        return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }
}
