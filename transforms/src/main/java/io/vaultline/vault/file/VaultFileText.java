package io.vaultline.vault.file;

import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.VaultRules;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what a vault model file says as such a file. */
public final class VaultFileText {
    private VaultFileText() {}

    /** The text of a file that says the same; a statement a line. */
    public static String of(DeclaredModel declared) {
        return head(declared.rules())
                + section("hubs", declared.hubs(), hub -> of(hub))
                + section("entities", declared.entities(), VaultFileText::entity)
                + section("links", declared.links(), link -> of(link))
                + (declared.sameAs().isEmpty() ? "" : section("same-as", declared.sameAs(), VaultFileText::sameAs));
    }

    private static String head(VaultRules rules) {
        String hash = rules.algorithm() == VaultRules.STANDARD.algorithm()
                ? ""
                : "hash: {algorithm: " + rules.algorithm().label() + "}\n";
        return hash + (rules.ghostRecords() ? "ghost-records: true\n" : "");
    }

    private static <T> String section(String key, List<T> items, Function<T, String> text) {
        if (items.isEmpty()) {
            return key + ": []\n";
        }
        return items.stream()
                .map(item -> "  - " + text.apply(item) + "\n")
                .collect(Collectors.joining("", key + ":\n", ""));
    }

    /** The statement, in flow style. */
    public static String of(DeclaredHub hub) {
        String code =
                hub.collisionCode().equals(hub.name().name()) ? "" : ", collision-code: " + quoted(hub.collisionCode());
        return "{name: " + quoted(hub.name().name()) + ", key: " + key(hub.key()) + code + "}";
    }

    private static String key(List<HubKeyPart> key) {
        if (key.size() == 1) {
            return quoted(key.get(0).name()) + rest(key.get(0));
        }
        return key.stream()
                .map(part -> "{name: " + quoted(part.name()) + rest(part) + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String rest(HubKeyPart part) {
        String rules = part.text().stream()
                .map(rule -> nameOf(rule, HubSection.TEXT_RULES))
                .collect(Collectors.joining(", "));
        return ", type: " + nameOf(part.type(), DeclaredHub.TYPES) + (rules.isEmpty() ? "" : ", text: [" + rules + "]");
    }

    /** The statement, in flow style. */
    public static String of(DocumentLink link) {
        String ends = link.ends().size() == 1
                ? end(link.ends().get(0))
                : link.ends().stream()
                        .map(end -> "{" + end(end) + "}")
                        .collect(Collectors.joining(", ", "ends: [", "]"));
        return "{from: " + quoted(link.from()) + ", " + ends
                + link.name().map(name -> ", name: " + quoted(name.name())).orElse("")
                + columns("degenerate", link.degenerate()) + columns("satellite", link.attributes()) + "}";
    }

    private static String end(DeclaredEnd end) {
        return "path: " + paths(end.paths()) + ", to: " + quoted(end.to().name())
                + end.role().map(role -> ", role: " + quoted(role.name())).orElse("");
    }

    private static String columns(String key, List<DeclaredColumn> columns) {
        return columns.isEmpty()
                ? ""
                : columns.stream()
                        .map(VaultFileText::column)
                        .collect(Collectors.joining(", ", ", " + key + ": {", "}"));
    }

    private static String column(DeclaredColumn column) {
        String path = quoted(column.path());
        return quoted(column.name().name()) + ": "
                + column.type()
                        .map(type -> "{path: " + path + ", type: " + quoted(TypeNames.of(type)) + "}")
                        .orElse(path);
    }

    private static String sameAs(DeclaredSameAs sameAs) {
        String merges = sameAs.merges()
                .map(from -> ", from: " + quoted(from.from().name()) + ", duplicate: " + paths(from.duplicate())
                        + ", master: " + paths(from.master()))
                .orElse("");
        return "{hub: " + quoted(sameAs.hub().name()) + merges + "}";
    }

    private static String entity(DeclaredEntity entity) {
        String key = entity.key().isEmpty() ? "" : ", key: " + names(entity.key());
        String hub = entity.hub().map(name -> ", hub: " + quoted(name.name())).orElse("");
        String as = entity.as().map(kind -> ", as: " + quoted(kind.name())).orElse("");
        List<String> all = Stream.concat(
                        entity.satellites().stream().map(VaultFileText::satellite),
                        entity.arrays().stream().map(VaultFileText::array))
                .toList();
        String satellites = all.isEmpty() ? "" : ", satellites: [" + String.join(", ", all) + "]";
        String status = entity.statusTracking().isPresent() ? ", status-tracking: true" : "";
        String quarantine = entity.quarantine().isPresent() ? ", quarantine: true" : "";
        String computed = entity.computed().isEmpty()
                ? ""
                : entity.computed().stream()
                        .map(VaultFileText::computed)
                        .collect(Collectors.joining(", ", ", computed: [", "]"));
        return "{name: " + quoted(entity.name().name()) + key + hub + as + satellites + status + quarantine + computed
                + "}";
    }

    private static String computed(DeclaredComputed column) {
        return "{name: " + quoted(column.name().name()) + ", type: " + quoted(TypeNames.of(column.type())) + ", is: "
                + quoted(column.text().name()) + "}";
    }

    private static String satellite(DeclaredSatellite satellite) {
        return "{name: " + quoted(satellite.name().name()) + (satellite.exceptThese() ? ", except: " : ", columns: ")
                + names(satellite.columns()) + "}";
    }

    private static String paths(List<String> paths) {
        return paths.size() == 1
                ? quoted(paths.get(0))
                : paths.stream().map(VaultFileText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String array(DeclaredArray array) {
        String subKey = array.subKey().isEmpty() ? "" : ", sub-key: " + names(array.subKey());
        String columns = array.columns().stream()
                .map(column -> quoted(column.path().name()) + ": " + quoted(TypeNames.of(column.type())))
                .collect(Collectors.joining(", ", "{", "}"));
        return "{name: " + quoted(array.name().name()) + ", array: "
                + quoted(array.array().name()) + subKey + ", columns: " + columns + "}";
    }

    private static <T> String nameOf(T value, Map<String, T> byName) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the file has no name for " + value));
    }

    private static String names(List<Named> names) {
        return names.stream().map(name -> quoted(name.name())).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A name that needs no quotes in YAML stays without. */
    static String quoted(String name) {
        if (NameRules.NAME.matcher(name).matches() && !RESERVED.contains(name)) {
            return name;
        }
        return hasBreak(name) ? doubleQuoted(name) : "'" + name.replace("'", "''") + "'";
    }

    private static final List<String> RESERVED = List.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private static boolean hasBreak(String name) {
        return name.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    private static String doubleQuoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.chars().forEach(c -> {
            boolean escaped = Character.isISOControl(c) || c == '"' || c == '\\' || c == 0x2028 || c == 0x2029;
            text.append(escaped ? String.format("\\u%04x", c) : String.valueOf((char) c));
        });
        return text.append('"').toString();
    }
}
