package io.vaultline.vault;

import io.vaultline.error.PipelineException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The YAML form of what a user adds to the inferred model; {@code docs/vault.md} explains it, and {@link VaultFileSchema}
 * describes it to editors:
 *
 * <pre>{@code
 * hubs:
 *   - {name: account, key: account_id, type: int64}
 * entities:
 *   - name: users
 *     satellites:
 *       - {name: private, columns: [email, phone]}
 * links:
 *   - {from: purchases, path: "items[].product_id", to: products}
 * }</pre>
 */
public final class VaultFile {
    /** Which keys can stand where; the schema that is published says the same. */
    static final Map<String, List<String>> KEYS = Map.of(
            "file", List.of("hubs", "entities", "links"),
            "hub", List.of("name", "key", "type", "collision-code"),
            "entity", List.of("name", "key", "satellites"),
            "satellite", List.of("name", "columns", "except"),
            "link", List.of("from", "path", "to"));

    /** What every store takes unquoted and unchanged, with room for what we put in front and behind. */
    static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final Problems problems;
    private final String file;

    private VaultFile(String file) {
        this.file = file;
        this.problems = new Problems(file);
    }

    /**
     * @param text YAML; empty is fine
     * @param name of the file, for messages
     * @throws PipelineException {@code MODEL_INVALID} with every problem, its line and column
     */
    public static DeclaredModel parse(String text, String name) {
        return new VaultFile(name).parse(text);
    }

    private DeclaredModel parse(String text) {
        List<DeclaredHub> hubs = new ArrayList<>();
        List<DeclaredEntity> entities = new ArrayList<>();
        List<DocumentLink> links = new ArrayList<>();
        YamlText.compose(text, problems)
                .filter(root -> !YamlFields.isEmpty(root))
                .ifPresent(root -> {
                    YamlFields fields = fields(root, "file");
                    fields.list("hubs").forEach(item -> hub(item).ifPresent(hubs::add));
                    fields.list("entities").forEach(item -> entity(item).ifPresent(entities::add));
                    fields.list("links").forEach(item -> link(item).ifPresent(links::add));
                });
        refuseTwice("hub", hubs.stream().map(DeclaredHub::name).toList());
        refuseTwice("entity", entities.stream().map(DeclaredEntity::name).toList());
        problems.throwIfAny();
        return new DeclaredModel(file, hubs, entities, links);
    }

    private YamlFields fields(Node node, String kind) {
        return new YamlFields(node, KEYS.getOrDefault(kind, List.of()), problems);
    }

    private void refuseTwice(String kind, List<Named> names) {
        Set<String> seen = new HashSet<>();
        for (Named name : names) {
            if (!seen.add(name.name())) {
                problems.add(name.where(), "a second " + kind + " `" + name + "`");
            }
        }
    }

    private Optional<DeclaredHub> hub(Node item) {
        YamlFields fields = fields(item, "hub");
        Optional<Named> name = fields.required("name").filter(this::isName);
        Optional<Named> key = fields.required("key").filter(this::isColumn);
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

    private Optional<DeclaredEntity> entity(Node item) {
        YamlFields fields = fields(item, "entity");
        Optional<Named> name = fields.required("name");
        List<DeclaredSatellite> satellites = new ArrayList<>();
        fields.list("satellites").forEach(node -> satellite(node).ifPresent(satellites::add));
        refuseTwice(
                "satellite", satellites.stream().map(DeclaredSatellite::name).toList());
        satellites.stream()
                .filter(DeclaredSatellite::exceptThese)
                .skip(1)
                .forEach(more -> problems.add(
                        more.name().where(), "`" + more.name() + "` is the second satellite that takes the rest"));
        refuseTwice(
                "place of column",
                satellites.stream()
                        .filter(satellite -> !satellite.exceptThese())
                        .flatMap(satellite -> satellite.columns().stream())
                        .toList());
        return name.map(n -> new DeclaredEntity(n, fields.names("key"), satellites));
    }

    private Optional<DeclaredSatellite> satellite(Node item) {
        YamlFields fields = fields(item, "satellite");
        Optional<Named> name = fields.required("name").filter(this::isName);
        boolean except = fields.has("except");
        if (fields.isMapping() && except == fields.has("columns")) {
            problems.add(fields.where(), "here must stand either `columns` or `except`");
            return Optional.empty();
        }
        List<Named> columns = fields.names(except ? "except" : "columns");
        return name.map(n -> new DeclaredSatellite(n, columns, except));
    }

    private Optional<DocumentLink> link(Node item) {
        YamlFields fields = fields(item, "link");
        Optional<Named> from = fields.required("from");
        Optional<Named> path = fields.required("path").filter(this::isPath);
        Optional<Named> to = fields.required("to");
        return from.flatMap(f ->
                path.flatMap(p -> to.map(t -> new DocumentLink(f.name(), p.name(), t.name(), fields.where()))));
    }

    private boolean isName(Named name) {
        if (NAME.matcher(name.name()).matches()) {
            return true;
        }
        problems.add(
                name.where(),
                "`" + name + "` can't be a name in ClickHouse and everywhere else: up to 63 of a-z, 0-9 and _, no digit"
                        + " first");
        return false;
    }

    private boolean isColumn(Named name) {
        if (ColumnNames.isInternal(name.name())) {
            problems.add(name.where(), "`" + name + "` is a column of the vault's own");
            return false;
        }
        return isName(name);
    }

    private boolean isPath(Named path) {
        try {
            DocumentPath.parse(path.name());
            return true;
        } catch (IllegalArgumentException e) {
            problems.add(path.where(), String.valueOf(e.getMessage()));
            return false;
        }
    }
}
