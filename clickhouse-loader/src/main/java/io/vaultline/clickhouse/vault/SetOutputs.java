package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.SetSpec;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a view of a set shows: the key of the row that the set hangs on, each column as {@code <entity>_<column>} as in
 * the views of links; the element's number; the set's own columns.
 */
final class SetOutputs {
    private static final String ELEMENT_NUMBER = "element_number";

    private final EntitySpec entity;
    private final AnchorKeys anchor;
    private final TableLayout layout;

    SetOutputs(EntitySpec entity, SetSpec set, StoredVault vault) {
        this.entity = entity;
        this.anchor = new AnchorKeys(entity, vault);
        this.layout = vault.layout(vault.tables().set(set));
    }

    /**
     * The list behind {@code SELECT}.
     *
     * @param own names that the view needs itself
     */
    String select(String anchorAlias, String setAlias, List<String> own) {
        Set<String> taken = new HashSet<>(own);
        List<String> shown = new ArrayList<>();
        for (String key : anchor.columns()) {
            shown.add(Sql.name(anchorAlias, key) + as(entity.name() + '_' + key, taken));
        }
        boolean places = layout.has(VaultColumn.PLACE);
        shown.add(
                places
                        ? setAlias + ".ownerPlace" + as(VaultColumn.PLACE, taken)
                        : setAlias + '.' + VaultColumn.SET_NUMBER + as(ELEMENT_NUMBER, taken));
        for (StoredColumn value : setColumns()) {
            String name = value.column().name();
            shown.add(Sql.name(setAlias, name) + as(name, taken));
        }
        return String.join(",\n    ", shown);
    }

    /** A column that is called like another of the view gets {@code _src} behind it. */
    private static String as(String wanted, Set<String> taken) {
        String name = wanted;
        while (!taken.add(name)) {
            name = name + "_src";
        }
        return " AS " + Sql.name(name);
    }

    /** The set's own columns out of its table. */
    List<String> values(String alias) {
        return setColumns().stream()
                .map(stored ->
                        stored.value(alias) + " AS " + Sql.name(stored.column().name()))
                .toList();
    }

    private List<StoredColumn> setColumns() {
        return layout.columns().stream()
                .filter(stored -> stored.column().type() instanceof SourceValue)
                .toList();
    }

    /** The keys of the rows that sets hang on, by {@code hashKey}. */
    String anchorKeys(String database) {
        return anchor.sql(database);
    }
}
