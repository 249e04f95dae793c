package io.vaultline.cli;

import io.vaultline.vault.DocumentLink;
import io.vaultline.vault.DocumentLinks;
import io.vaultline.vault.EntitySpec;
import io.vaultline.vault.HubSpec;
import io.vaultline.vault.LinkEnd;
import io.vaultline.vault.LinkSpec;
import io.vaultline.vault.VaultModel;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a vault model as a vault model file: what is inferred as comments, what a person adds as YAML. */
final class ModelText {
    private final StringBuilder text = new StringBuilder();

    private ModelText() {}

    /** The text of a file that {@code vault.model} can name; the links in it are those given. */
    static String of(String pipeline, VaultModel model, DocumentLinks links) {
        ModelText writer = new ModelText();
        writer.comment("The vault of pipeline " + pipeline + ", from "
                + model.entities().size() + " collections.");
        writer.comment("Comments say what is inferred; `links` says what no source does: ids in documents that");
        writer.comment("name rows of other collections. Save it, and name it under vault.model in pipeline.yaml.");
        model.entities().forEach(writer::entity);
        if (!model.links().isEmpty()) {
            writer.comment("");
            writer.comment("links between hubs, each with its effectivity");
            model.links().forEach(link -> writer.comment("  " + link.table() + ": " + ends(link)));
        }
        writer.links(links.links());
        return writer.text.toString();
    }

    private void entity(EntitySpec entity) {
        comment("");
        comment(entity.name() + "  (" + entity.schema().id() + ", views " + entity.currentView() + ", "
                + entity.historyView() + ")");
        if (entity.anchor() instanceof HubSpec hub) {
            boolean keyless = entity.schema().key().isEmpty();
            comment("  " + hub.table() + ": "
                    + (keyless ? "no key, so a row is all its columns" : key(hub.keyColumns())));
        } else if (entity.anchor() instanceof LinkSpec link) {
            comment("  " + link.table() + ": " + key(link.keyColumns()) + ", " + ends(link));
        }
        comment("  " + entity.satellite().table() + ": "
                + columns(entity.satellite().columns()));
    }

    private static String key(List<String> columns) {
        return "key " + String.join(", ", columns);
    }

    private static String columns(List<String> columns) {
        return columns.isEmpty() ? "no columns beside the key" : String.join(", ", columns);
    }

    private static String ends(LinkSpec link) {
        return link.ends().stream().map(ModelText::end).collect(Collectors.joining(" - "));
    }

    private static String end(LinkEnd end) {
        return end.hub() + " by " + String.join(", ", end.key());
    }

    private void links(List<DocumentLink> links) {
        text.append('\n');
        if (links.isEmpty()) {
            comment("links:");
            comment("  - from: purchases");
            comment("    path: items[].product_id");
            comment("    to: products");
            text.append("links: []\n");
            return;
        }
        text.append("links:\n");
        for (DocumentLink link : links) {
            text.append("  - from: ").append(quoted(link.from())).append('\n');
            text.append("    path: ").append(quoted(link.path())).append('\n');
            text.append("    to: ").append(quoted(link.to())).append('\n');
        }
    }

    private static String quoted(String name) {
        return "'" + name.replace("'", "''") + "'";
    }

    /** A name with a line break in it must not end the comment. */
    private void comment(String line) {
        text.append(("# " + line.replaceAll("\\R", " ")).stripTrailing()).append('\n');
    }
}
