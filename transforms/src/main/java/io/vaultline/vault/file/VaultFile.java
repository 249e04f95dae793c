package io.vaultline.vault.file;

import io.vaultline.error.PipelineException;
import io.vaultline.vault.model.VaultRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
 * same-as:
 *   - {hub: users}
 * }</pre>
 */
public final class VaultFile {
    /** Which keys can stand where; the schema that is published says the same. */
    static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("file", List.of("hash", "ghost-records", "hubs", "entities", "links", "same-as")),
            Map.entry("hash", HeadSection.HASH_KEYS),
            Map.entry("hub", HubSection.KEYS),
            Map.entry("part", HubSection.PART_KEYS),
            Map.entry("entity", EntitySection.KEYS),
            Map.entry("satellite", EntitySection.SATELLITE_KEYS),
            Map.entry("multi-active", ArraySection.KEYS),
            Map.entry("computed", ComputedSection.KEYS),
            Map.entry("link", LinkSection.KEYS),
            Map.entry("end", LinkSection.END_KEYS),
            Map.entry("link-column", LinkSection.COLUMN_KEYS),
            Map.entry("same-as", SameAsSection.KEYS));

    private VaultFile() {}

    /**
     * @param text YAML; empty is fine
     * @param name of the file, for messages
     * @throws PipelineException {@code MODEL_INVALID} with every problem, its line and column
     */
    public static DeclaredModel parse(String text, String name) {
        Problems problems = new Problems(name);
        List<DeclaredHub> hubs = new ArrayList<>();
        List<DeclaredEntity> entities = new ArrayList<>();
        List<DocumentLink> links = new ArrayList<>();
        List<DeclaredSameAs> sameAs = new ArrayList<>();
        List<VaultRules> rules = new ArrayList<>();
        YamlText.compose(text, problems)
                .filter(root -> !YamlFields.isEmpty(root))
                .ifPresent(root -> {
                    YamlFields fields = new YamlFields(root, KEYS.getOrDefault("file", List.of()), problems);
                    rules.add(new HeadSection(problems).read(fields));
                    hubs.addAll(new HubSection(problems).read(fields.list("hubs")));
                    entities.addAll(new EntitySection(problems).read(fields.list("entities")));
                    links.addAll(new LinkSection(problems).read(fields.list("links")));
                    sameAs.addAll(new SameAsSection(problems).read(fields.list("same-as")));
                });
        problems.throwIfAny();
        return new DeclaredModel(
                name, rules.isEmpty() ? VaultRules.STANDARD : rules.get(0), hubs, entities, links, sameAs);
    }
}
