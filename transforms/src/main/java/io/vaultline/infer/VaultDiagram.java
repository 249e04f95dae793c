package io.vaultline.infer;

import io.vaultline.event.DataType;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.EventSpec;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.MergesSpec;
import io.vaultline.vault.model.SameAsSpec;
import io.vaultline.vault.model.SatelliteSpec;
import io.vaultline.vault.model.SatelliteSpec.Kind;
import io.vaultline.vault.model.SetSpec;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.util.List;
import java.util.Locale;

/** Draws a vault in Mermaid: its tables with the columns of the source, and what hangs on what. */
public final class VaultDiagram {
    private final VaultTables tables;
    private final StringBuilder text = new StringBuilder("erDiagram\n");

    private VaultDiagram(VaultTables tables) {
        this.tables = tables;
    }

    /** The diagram's text, without the fence that Markdown needs around it. */
    public static String of(VaultModel model) {
        return new VaultDiagram(new VaultTables(model)).draw(model);
    }

    private String draw(VaultModel model) {
        tables.all().stream()
                .filter(table -> table.kind() != VaultTable.Kind.TRUNCATION)
                .forEach(this::table);
        for (EntitySpec entity : model.entities()) {
            for (SatelliteSpec satellite : entity.satellites()) {
                if (satellite.kind() == Kind.SATELLITE) {
                    line(entity.anchor().table(), satellite.table(), "describes");
                }
            }
            if (entity.statusTracking()) {
                line(entity.anchor().table(), entity.statusTable(), "came and went");
            }
            for (SetSpec set : entity.sets()) {
                line(entity.anchor().table(), set.table(), "has at a time");
            }
            if (entity.anchor() instanceof LinkSpec link) {
                ends(link.ends(), link.table());
            } else if (entity.anchor() instanceof EventSpec event) {
                ends(event.ends(), event.table());
            }
        }
        for (LinkSpec link : model.links()) {
            ends(link.ends(), link.table());
            line(link.table(), link.effectivityTable(), "holds when");
            if (!link.attributes().isEmpty()) {
                line(link.table(), link.satelliteTable(), "describes");
            }
        }
        for (SameAsSpec sameAs : model.sameAs()) {
            String hub = "hub_" + sameAs.hub();
            line(hub, sameAs.table(), "master");
            line(hub, sameAs.table(), "duplicate");
            if (sameAs.keysChange()) {
                line(sameAs.table(), sameAs.effectivityTable(), "holds when");
            }
            for (MergesSpec merges : sameAs.merges()) {
                line(sameAs.table(), merges.effectivityTable(), "holds when");
            }
        }
        return text.toString();
    }

    private void table(VaultTable table) {
        text.append("    ").append(table.name()).append(" {\n");
        for (VaultColumn column : table.columns()) {
            if (column.type() instanceof SourceValue value) {
                String key = table.kind() == VaultTable.Kind.HUB ? " PK" : "";
                text.append("        ").append(type(value.type())).append(' ').append(column.name());
                text.append(key).append('\n');
            }
        }
        text.append("    }\n");
    }

    private void ends(List<LinkEnd> ends, String link) {
        for (LinkEnd end : ends) {
            line(tables.hub(end).table().name(), link, end.role());
        }
    }

    private void line(String one, String many, String label) {
        text.append("    ")
                .append(one)
                .append(" ||--o{ ")
                .append(many)
                .append(" : \"")
                .append(label)
                .append("\"\n");
    }

    private static String type(DataType type) {
        return type instanceof DataType.Simple simple ? simple.name().toLowerCase(Locale.ROOT) : "decimal";
    }
}
