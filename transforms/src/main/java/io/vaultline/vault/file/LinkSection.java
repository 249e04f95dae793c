package io.vaultline.vault.file;

import io.vaultline.event.DataType;
import io.vaultline.vault.model.VaultNames;
import io.vaultline.vault.value.DocumentPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code links} in the vault model file. */
final class LinkSection {
    static final List<String> KEYS = List.of("from", "path", "to", "role", "name", "ends", "degenerate", "satellite");
    static final List<String> END_KEYS = List.of("path", "to", "role");
    static final List<String> COLUMN_KEYS = List.of("path", "type");

    private final Problems problems;
    private final NameRules names;

    LinkSection(Problems problems) {
        this.problems = problems;
        this.names = new NameRules(problems);
    }

    List<DocumentLink> read(List<Node> items) {
        List<DocumentLink> links =
                items.stream().map(this::link).flatMap(Optional::stream).toList();
        names.refuseTwice(
                "link", links.stream().flatMap(link -> link.name().stream()).toList());
        return links;
    }

    private Optional<DocumentLink> link(Node item) {
        YamlFields fields = new YamlFields(item, KEYS, problems);
        Optional<Named> from = fields.required("from");
        List<DeclaredEnd> ends = ends(fields);
        Optional<Named> name = optionalName(fields, "name");
        List<DeclaredColumn> degenerate = columns(fields, "degenerate");
        List<DeclaredColumn> attributes = columns(fields, "satellite");
        names.refuseTwice(
                "column",
                Stream.concat(degenerate.stream(), attributes.stream())
                        .map(DeclaredColumn::name)
                        .toList());
        if (ends.isEmpty()) {
            return Optional.empty();
        }
        return from.map(f -> new DocumentLink(f.name(), ends, name, degenerate, attributes, fields.where()));
    }

    private List<DeclaredEnd> ends(YamlFields fields) {
        if (!fields.has("ends")) {
            return end(fields).stream().toList();
        }
        for (String key : END_KEYS) {
            if (fields.has(key)) {
                problems.add(fields.where(), "`" + key + "` belongs into `ends`, where there are such");
            }
        }
        if (fields.list("ends").isEmpty()) {
            problems.add(fields.where(), "`ends` is empty");
        }
        List<Optional<DeclaredEnd>> ends = fields.list("ends").stream()
                .map(node -> end(new YamlFields(node, END_KEYS, problems)))
                .toList();
        names.refuseTwice(
                "role",
                ends.stream()
                        .flatMap(Optional::stream)
                        .flatMap(end -> end.role().stream())
                        .toList());
        boolean whole = ends.stream().allMatch(Optional::isPresent);
        return whole ? ends.stream().flatMap(Optional::stream).toList() : List.of();
    }

    private Optional<DeclaredEnd> end(YamlFields fields) {
        List<Named> paths = fields.oneOrMore("path");
        boolean arePaths =
                !paths.isEmpty() && paths.stream().filter(names::isPath).count() == paths.size();
        Optional<Named> to = fields.required("to");
        Optional<Named> role = optionalName(fields, "role");
        if (!arePaths) {
            return Optional.empty();
        }
        return to.map(t -> new DeclaredEnd(paths.stream().map(Named::name).toList(), t, role));
    }

    private Optional<Named> optionalName(YamlFields fields, String key) {
        return fields.has(key) ? fields.optional(key).filter(names::isName) : Optional.empty();
    }

    /** Columns by name; of a list of paths each is called like the last field on its path. */
    private List<DeclaredColumn> columns(YamlFields fields, String key) {
        List<DeclaredColumn> columns = new ArrayList<>();
        if (fields.isList(key)) {
            for (Named path : fields.names(key)) {
                if (names.isPath(path)) {
                    String last =
                            VaultNames.safe(DocumentPath.parse(path.name()).lastName());
                    add(new Named(last, path.where()), path, Optional.empty(), columns);
                }
            }
            return columns;
        }
        for (YamlFields.Entry entry : fields.entries(key)) {
            if (entry.value() instanceof ScalarNode) {
                entry.text(problems)
                        .filter(names::isPath)
                        .ifPresent(path -> add(entry.key(), path, Optional.empty(), columns));
            } else {
                YamlFields column = new YamlFields(entry.value(), COLUMN_KEYS, problems);
                Optional<DataType> type = type(column);
                column.required("path").filter(names::isPath).ifPresent(path -> add(entry.key(), path, type, columns));
            }
        }
        return columns;
    }

    private void add(Named name, Named path, Optional<DataType> type, List<DeclaredColumn> columns) {
        if (names.isColumn(name)) {
            columns.add(new DeclaredColumn(name, path.name(), type));
        }
    }

    private Optional<DataType> type(YamlFields column) {
        if (!column.has("type")) {
            return Optional.empty();
        }
        Optional<Named> name = column.optional("type");
        Optional<DataType> type = name.flatMap(n -> TypeNames.parse(n.name()));
        if (name.isPresent() && type.isEmpty()) {
            problems.addUnknown(name.get().where(), "type", name.get().name(), TypeNames.KNOWN);
        }
        return type;
    }
}
