package io.vaultline.vault.file;

import io.vaultline.event.DataType;
import io.vaultline.vault.model.ElementColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the statements of multi-active satellites among {@code satellites} in the vault model file. */
final class ArraySection {
    static final List<String> KEYS = List.of("name", "array", "sub-key", "columns");

    private static final String ARRAY = "array";
    private static final String SUB_KEY = "sub-key";

    private final Problems problems;
    private final NameRules names;

    ArraySection(Problems problems) {
        this.problems = problems;
        this.names = new NameRules(problems);
    }

    /** Whether the statement is one of those. */
    static boolean isArray(Node item) {
        return item instanceof MappingNode mapping
                && mapping.getValue().stream()
                        .anyMatch(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                                && (key.getValue().equals(ARRAY)
                                        || key.getValue().equals(SUB_KEY)));
    }

    Optional<DeclaredArray> read(Node item) {
        YamlFields fields = new YamlFields(item, KEYS, problems);
        Optional<Named> name = fields.required("name").filter(names::isName);
        Optional<Named> array = fields.required(ARRAY).filter(this::isPlainPath);
        List<YamlFields.Pair> pairs = fields.pairs("columns");
        List<DeclaredArray.Column> columns = columns(fields, pairs);
        List<String> paths = pairs.stream().map(pair -> pair.key().name()).toList();
        List<Named> subKey = fields.names(SUB_KEY);
        for (Named key : subKey) {
            if (!paths.contains(key.name())) {
                problems.addUnknown(key.where(), "column of these elements", key.name(), paths);
            }
        }
        names.refuseTwice("part of the sub-key", subKey);
        return name.flatMap(n -> array.map(a -> new DeclaredArray(n, a, subKey, columns)));
    }

    private List<DeclaredArray.Column> columns(YamlFields fields, List<YamlFields.Pair> pairs) {
        List<DeclaredArray.Column> columns = new ArrayList<>();
        if (pairs.isEmpty()) {
            problems.add(fields.where(), "`columns` must name the elements' fields and their types");
        }
        for (YamlFields.Pair pair : pairs) {
            Optional<DataType> type = TypeNames.parse(pair.value().name());
            if (type.isEmpty()) {
                problems.addUnknown(pair.value().where(), "type", pair.value().name(), TypeNames.KNOWN);
            }
            boolean isPath = pair.key().name().equals(ElementColumn.ITSELF) || isPlainPath(pair.key());
            if (isPath && type.isPresent()) {
                columns.add(new DeclaredArray.Column(pair.key(), type.get()));
            }
        }
        names.refuseTwice("column", pairs.stream().map(YamlFields.Pair::key).toList());
        return columns;
    }

    /** Names of fields, none of them an array whose elements would be meant. */
    private boolean isPlainPath(Named path) {
        if (!names.isPath(path)) {
            return false;
        }
        if (path.name().contains("[")) {
            problems.add(path.where(), "`" + path + "` can't go through the elements of an array");
            return false;
        }
        return true;
    }
}
