package io.vaultline.vault.model;

import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.VaultTable.Keep;
import io.vaultline.vault.model.VaultTable.Kind;
import io.vaultline.vault.model.VaultType.Internal;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.util.ArrayList;
import java.util.List;

/** Which columns and which sorting key the tables of sets have. */
final class SetTables {
    private SetTables() {}

    static VaultTable of(EntitySpec entity, SetSpec set) {
        return set instanceof MultiActiveSpec array ? multiActive(entity, array) : quarantine(entity, set);
    }

    private static VaultTable multiActive(EntitySpec entity, MultiActiveSpec set) {
        String hashKey = entity.anchor().hashKey();
        List<VaultColumn> columns = new ArrayList<>(List.of(
                VaultColumn.internal(hashKey, Internal.HASH),
                VaultColumn.internal(VaultColumn.COMMIT_POSITION, Internal.ORDER),
                VaultColumn.internal(VaultColumn.COMMIT_ORDINAL, Internal.ORDER),
                VaultColumn.internal(VaultColumn.SUB_KEY, Internal.HASH),
                VaultColumn.internal(VaultColumn.SET_NUMBER, Internal.ORDER),
                VaultColumn.internal(VaultColumn.LOAD_TS, Internal.LOAD_TIMESTAMP),
                VaultColumn.internal(VaultColumn.RECORD_SOURCE, Internal.SYMBOL),
                VaultColumn.internal(VaultColumn.HASHDIFF, Internal.HASH),
                VaultColumn.internal(VaultColumn.DELETED, Internal.FLAG),
                VaultColumn.internal(VaultColumn.MISFITS, Internal.NAMES),
                new VaultColumn(VaultColumn.MOVED_FROM, Internal.HASH, true)));
        set.columns()
                .forEach(column -> columns.add(new VaultColumn(column.name(), new SourceValue(column.type()), true)));
        return new VaultTable(
                set.table(),
                Kind.MULTI_ACTIVE,
                columns,
                List.of(
                        hashKey,
                        VaultColumn.COMMIT_POSITION,
                        VaultColumn.COMMIT_ORDINAL,
                        VaultColumn.SUB_KEY,
                        VaultColumn.SET_NUMBER),
                Keep.ANY);
    }

    private static VaultTable quarantine(EntitySpec entity, SetSpec set) {
        String hashKey = entity.anchor().hashKey();
        List<VaultColumn> columns = new ArrayList<>(List.of(
                VaultColumn.internal(hashKey, Internal.HASH),
                VaultColumn.internal(VaultColumn.PLACE, Internal.SYMBOL),
                VaultColumn.internal(VaultColumn.COMMIT_POSITION, Internal.ORDER),
                VaultColumn.internal(VaultColumn.COMMIT_ORDINAL, Internal.ORDER),
                VaultColumn.internal(VaultColumn.SET_NUMBER, Internal.ORDER),
                VaultColumn.internal(VaultColumn.LOAD_TS, Internal.LOAD_TIMESTAMP),
                VaultColumn.internal(VaultColumn.RECORD_SOURCE, Internal.SYMBOL),
                VaultColumn.internal(VaultColumn.DELETED, Internal.FLAG),
                new VaultColumn(VaultColumn.MOVED_FROM, Internal.HASH, true)));
        for (String column : List.of("path", "reason", "value")) {
            columns.add(new VaultColumn(column, new SourceValue(Simple.TEXT), true));
        }
        return new VaultTable(
                set.table(),
                Kind.QUARANTINE,
                columns,
                List.of(
                        hashKey,
                        VaultColumn.PLACE,
                        VaultColumn.COMMIT_POSITION,
                        VaultColumn.COMMIT_ORDINAL,
                        VaultColumn.SET_NUMBER),
                Keep.ANY);
    }

    /** How rows came and went. */
    static VaultTable status(EntitySpec entity) {
        String hashKey = entity.anchor().hashKey();
        return new VaultTable(
                entity.statusTable(),
                Kind.STATUS,
                List.of(
                        VaultColumn.internal(hashKey, Internal.HASH),
                        VaultColumn.internal(VaultColumn.COMMIT_POSITION, Internal.ORDER),
                        VaultColumn.internal(VaultColumn.COMMIT_ORDINAL, Internal.ORDER),
                        VaultColumn.internal(VaultColumn.LOAD_TS, Internal.LOAD_TIMESTAMP),
                        VaultColumn.internal(VaultColumn.RECORD_SOURCE, Internal.SYMBOL),
                        VaultColumn.internal(VaultColumn.STATUS, Internal.SYMBOL),
                        VaultColumn.internal(VaultColumn.DELETED, Internal.FLAG),
                        new VaultColumn(VaultColumn.OTHER_KEY, Internal.HASH, true)),
                List.of(hashKey, VaultColumn.COMMIT_POSITION, VaultColumn.COMMIT_ORDINAL),
                Keep.ANY);
    }
}
