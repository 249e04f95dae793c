package io.vaultline.infer;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Puts statements at the end of a top-level list of a YAML file, in the style that the list has. */
final class SectionInsert {
    /** A statement in flow style; one that is not sure becomes a comment. */
    record Item(String reason, String statement, boolean isSure) {}

    private static final String INDENT = "  ";

    private final String text;
    private final String lineBreak;
    private final String key;
    private final List<Item> items;

    private SectionInsert(String text, String key, List<Item> items) {
        this.text = text;
        this.lineBreak = text.contains("\r\n") ? "\r\n" : "\n";
        this.key = key;
        this.items = items;
    }

    /** @param text a valid vault model file */
    static String into(String text, String file, String key, List<Item> items) {
        if (items.isEmpty()) {
            return text;
        }
        Node root =
                new Compose(LoadSettings.builder().build()).composeString(text).orElse(null);
        SectionInsert insert = new SectionInsert(text, key, items);
        if (!(root instanceof MappingNode mapping)) {
            return insert.newSection();
        }
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            throw new PipelineException(
                    ErrorCode.MODEL_INVALID,
                    "The file is one line in braces, and has no lines to add to",
                    file,
                    "Write `hubs:`, `entities:` and `links:` at the start of a line each.");
        }
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .findFirst()
                .map(insert::into)
                .orElseGet(insert::newSection);
    }

    private String newSection() {
        String start = text.isEmpty() || text.endsWith("\n") ? text : text + lineBreak;
        return start + key + ":" + lineBreak + lines(INDENT);
    }

    private String into(NodeTuple section) {
        if (!(section.getValueNode() instanceof SequenceNode list)) {
            return atLineAfter(end(section.getKeyNode()), lines(INDENT)); // the key has no value
        }
        int end = end(list);
        if (list.getFlowStyle() != FlowStyle.FLOW) {
            int column = list.getStartMark().map(Mark::getColumn).orElse(0);
            return atLineAfter(lastEnd(list), lines(" ".repeat(column)));
        }
        if (list.getValue().isEmpty()) {
            String without = text.substring(0, start(list)).stripTrailing() + text.substring(end);
            int removed = text.length() - without.length();
            return new SectionInsert(without, key, items).atLineAfter(end - removed, lines(INDENT));
        }
        String before = text.substring(0, end - 1);
        String separator = before.stripTrailing().endsWith(",") ? " " : ", ";
        return before + sure(separator) + text.substring(end - 1);
    }

    private String sure(String separator) {
        String statements =
                items.stream().filter(Item::isSure).map(Item::statement).collect(Collectors.joining(", "));
        return statements.isEmpty() ? "" : separator + statements;
    }

    private String atLineAfter(int position, String lines) {
        int lineEnd = text.indexOf('\n', position);
        if (position > 0 && text.charAt(position - 1) == '\n') {
            lineEnd = position - 1; // a block of text ends with its line
        }
        return lineEnd < 0
                ? text + lineBreak + lines
                : text.substring(0, lineEnd + 1) + lines + text.substring(lineEnd + 1);
    }

    private String lines(String indent) {
        return items.stream()
                .map(item -> indent + "# " + item.reason() + lineBreak + indent + (item.isSure() ? "- " : "# - ")
                        + item.statement() + lineBreak)
                .collect(Collectors.joining());
    }

    /** Where the last scalar or flow collection of a node ends: the mark of a block collection is behind that. */
    private int lastEnd(Node node) {
        if (node instanceof SequenceNode list && list.getFlowStyle() != FlowStyle.FLOW) {
            return lastEnd(list.getValue().get(list.getValue().size() - 1));
        }
        if (node instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW) {
            return lastEnd(mapping.getValue().get(mapping.getValue().size() - 1).getValueNode());
        }
        return end(node);
    }

    private int start(Node node) {
        return position(node.getStartMark().orElseThrow());
    }

    private int end(Node node) {
        return position(node.getEndMark().orElseThrow());
    }

    /** Marks count code points. */
    private int position(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }
}
