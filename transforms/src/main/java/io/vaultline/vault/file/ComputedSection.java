package io.vaultline.vault.file;

import io.vaultline.event.DataType;
import io.vaultline.vault.expression.Expression;
import io.vaultline.vault.expression.ExpressionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code computed} of an entity in the vault model file. */
final class ComputedSection {
    static final List<String> KEYS = List.of("name", "type", "is");

    /** The types that columns can have, as the file names them. */
    static final List<String> TYPES = TypeNames.KNOWN.stream()
            .filter(name -> !Set.of("json", "numeric", "uuid").contains(name))
            .toList();

    private final Problems problems;
    private final NameRules names;

    ComputedSection(Problems problems) {
        this.problems = problems;
        this.names = new NameRules(problems);
    }

    List<DeclaredComputed> read(List<Node> items) {
        List<DeclaredComputed> computed = new ArrayList<>();
        items.forEach(item -> column(item).ifPresent(computed::add));
        names.refuseTwice(
                "computed column", computed.stream().map(DeclaredComputed::name).toList());
        return computed;
    }

    private Optional<DeclaredComputed> column(Node item) {
        YamlFields fields = new YamlFields(item, KEYS, problems);
        Optional<Named> name = fields.required("name").filter(names::isColumn);
        Optional<DataType> type = fields.required("type").flatMap(this::type);
        Optional<Named> text = fields.required("is");
        Optional<Expression> expression = text.flatMap(this::expression);
        return name.flatMap(n ->
                type.flatMap(t -> text.flatMap(is -> expression.map(e -> new DeclaredComputed(n, t, e, is)))));
    }

    private Optional<DataType> type(Named name) {
        Optional<DataType> type = TypeNames.parse(name.name())
                .filter(known -> TYPES.contains(name.name()) || name.name().startsWith("decimal("));
        if (type.isEmpty()) {
            problems.addUnknown(name.where(), "type of a computed column", name.name(), TYPES);
        }
        return type;
    }

    private Optional<Expression> expression(Named text) {
        try {
            return Optional.of(Expression.parse(text.name()));
        } catch (ExpressionException e) {
            add(e, text, problems);
            return Optional.empty();
        }
    }

    /** Tells what is wrong with an expression, and where in it. */
    static void add(ExpressionException wrong, Named text, Problems problems) {
        String at = "at character " + (wrong.at() + 1) + " of `is`: ";
        if (wrong.kind().isEmpty()) {
            problems.add(text.where(), at + wrong.getMessage());
        } else {
            problems.addUnknown(text.where(), wrong.kind(), String.valueOf(wrong.getMessage()), wrong.known());
        }
    }
}
