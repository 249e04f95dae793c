package io.vaultline.cli;

import io.vaultline.event.CollectionId;
import io.vaultline.infer.CandidateKeys;
import io.vaultline.infer.CollectionProfile;
import io.vaultline.infer.FileMerge;
import io.vaultline.infer.LinkProposals;
import io.vaultline.infer.ProfileNotes;
import io.vaultline.infer.SetProposals;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFileText;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.EventSpec;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.HubSpec;
import io.vaultline.vault.model.KeyHubSpec;
import io.vaultline.vault.model.LinkColumn;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.SetSpec;
import io.vaultline.vault.model.VaultModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a vault model as a vault model file: what is inferred as comments, what a person adds as YAML. */
final class ModelText {
    private final StringBuilder text = new StringBuilder();
    private final Map<CollectionId, CollectionProfile> profiles;

    private ModelText(Map<CollectionId, CollectionProfile> profiles) {
        this.profiles = profiles;
    }

    /**
     * The text of a file that {@code vault.model} can name; it states what was declared, and what samples suggest.
     *
     * @param profiles what samples of the collections show; can be empty
     */
    static String of(
            String pipeline, VaultModel model, DeclaredModel declared, Map<CollectionId, CollectionProfile> profiles) {
        ModelText writer = new ModelText(profiles);
        writer.comment("The vault of pipeline " + pipeline + ", from "
                + model.entities().size() + " collections.");
        writer.comment(
                "Comments say what is in it; the rest says what no source does: ids in documents that name rows of");
        writer.comment(
                "other collections, hubs of other business keys, columns to be kept apart. docs/vault.md explains it.");
        writer.comment("Save it, and name it under vault.model in pipeline.yaml.");
        model.entities().forEach(writer::entity);
        model.keyHubs().forEach(hub -> writer.keyHub(hub, model));
        if (!model.links().isEmpty()) {
            writer.comment("");
            writer.comment("links between hubs, each with its effectivity");
            model.links().forEach(writer::link);
        }
        model.sameAs().forEach(sameAs -> {
            writer.comment("");
            writer.comment(sameAs.table() + ": keys of " + sameAs.hub() + " that mean the same, view " + sameAs.view());
        });
        String statements = FileMerge.merge(
                        VaultFileText.of(declared),
                        "printed",
                        LinkProposals.of(model, declared, profiles),
                        SetProposals.of(model, profiles))
                .text();
        return writer.text.append('\n').append(statements).toString();
    }

    private void entity(EntitySpec entity) {
        comment("");
        comment(entity.name() + "  (" + entity.schema().id() + ", views " + entity.currentView() + ", "
                + entity.historyView() + ")");
        if (entity.anchor() instanceof HubSpec hub) {
            boolean keyless = entity.schema().key().isEmpty();
            comment("  " + hub.table() + ": "
                    + (keyless ? "no key, so a row is all its columns" : key(hub.keyColumns()) + "; the primary key"));
        } else if (entity.anchor() instanceof LinkSpec link) {
            comment("  " + link.table() + ": " + key(link.keyColumns()) + ", " + ends(link.ends()) + "; "
                    + reason(link));
        }
        for (SatelliteSpec satellite : entity.satellites()) {
            comment("  " + satellite.table() + ": " + key(entity, satellite) + columns(satellite.columns()));
        }
        if (entity.statusTracking()) {
            comment("  " + entity.statusTable() + ": how rows came and went; views " + entity.statusView() + ", "
                    + entity.statusHistoryView());
        }
        for (SetSpec set : entity.sets()) {
            comment("  " + set.table() + ": " + set.describe() + "; views " + set.currentView() + ", "
                    + set.historyView());
        }
        entity.computed().forEach(column -> comment("  its views compute " + column.name() + ": " + column.text()));
        CandidateKeys.declared(entity.schema()).forEach(line -> comment("  " + line));
        CollectionProfile profile = profiles.get(entity.schema().id());
        if (profile != null) {
            ProfileNotes.of(profile).forEach(note -> comment("  " + note));
        }
    }

    /** The key, where no other table holds it. */
    private static String key(EntitySpec entity, SatelliteSpec satellite) {
        String key =
                entity.schema().key().isEmpty() ? "no key" : key(entity.anchor().keyColumns());
        return switch (satellite.kind()) {
            case SATELLITE -> "";
            case REFERENCE -> key + ", a reference table; ";
            case EVENT -> key + ", " + ends(((EventSpec) entity.anchor()).ends()) + ", a link of events; ";
        };
    }

    private void link(LinkSpec link) {
        comment("  " + link.table() + ": " + ends(link.ends())
                + link.degenerate().stream().map(key -> " - " + key.name()).collect(Collectors.joining()) + "; "
                + reason(link));
        if (!link.attributes().isEmpty()) {
            comment("  " + link.satelliteTable() + ": "
                    + columns(link.attributes().stream().map(LinkColumn::name).toList()));
        }
    }

    private void keyHub(KeyHubSpec hub, VaultModel model) {
        String entities = model.entities().stream()
                .filter(entity -> entity.anchor().table().equals(hub.table()))
                .map(EntitySpec::name)
                .collect(Collectors.joining(", "));
        comment("");
        comment(hub.name() + (entities.isEmpty() ? "  (no collection: links feed it)" : "  (" + entities + ")"));
        comment("  " + hub.table() + ": "
                + key(hub.key().stream().map(HubKeyPart::name).toList()));
    }

    /** What the link follows from; all of it is declared, so there is no doubt about any. */
    private static String reason(LinkSpec link) {
        return switch (link.origin()) {
            case FOREIGN_KEY -> "a foreign key says so; certain";
            case KEY_TABLE -> "the key is made of foreign keys; certain";
            case DOCUMENT_ID -> "stated under links below";
        };
    }

    private static String key(List<String> columns) {
        return "key " + String.join(", ", columns);
    }

    private static String columns(List<String> columns) {
        return columns.isEmpty() ? "no columns beside the key" : String.join(", ", columns);
    }

    private static String ends(List<LinkEnd> ends) {
        return ends.stream().map(ModelText::end).collect(Collectors.joining(" - "));
    }

    private static String end(LinkEnd end) {
        return end.hub() + " by " + String.join(", ", end.key());
    }

    /** A name with a line break in it must not end the comment. */
    private void comment(String line) {
        text.append(("# " + line.replaceAll("\\R", " ")).stripTrailing()).append('\n');
    }
}
