package io.vaultline.vault.model;

import io.vaultline.event.DataType;
import io.vaultline.vault.model.VaultTable.Keep;
import io.vaultline.vault.model.VaultTable.Kind;
import io.vaultline.vault.model.VaultType.Internal;
import io.vaultline.vault.model.VaultType.SourceValue;
import io.vaultline.vault.value.FieldReader;
import java.util.ArrayList;
import java.util.List;

/** Which columns and which sorting key each kind of vault table has. */
final class TableShapes {
    private static final VaultColumn LOAD_TS = VaultColumn.internal(VaultColumn.LOAD_TS, Internal.LOAD_TIMESTAMP);
    private static final VaultColumn RECORD_SOURCE = VaultColumn.internal(VaultColumn.RECORD_SOURCE, Internal.SYMBOL);
    private static final VaultColumn POSITION = VaultColumn.internal(VaultColumn.COMMIT_POSITION, Internal.ORDER);
    private static final VaultColumn ORDINAL = VaultColumn.internal(VaultColumn.COMMIT_ORDINAL, Internal.ORDER);
    private static final List<VaultColumn> TAIL = List.of(LOAD_TS, RECORD_SOURCE, POSITION, ORDINAL);

    /** Tells when a whole entity was emptied: every version before such a row has ended. One for all entities. */
    static final VaultTable TRUNCATION = new VaultTable(
            "truncation",
            Kind.TRUNCATION,
            List.of(
                    VaultColumn.internal(VaultColumn.ENTITY, Internal.SYMBOL),
                    POSITION,
                    ORDINAL,
                    LOAD_TS,
                    RECORD_SOURCE),
            List.of(VaultColumn.ENTITY, VaultColumn.COMMIT_POSITION, VaultColumn.COMMIT_ORDINAL),
            Keep.ANY);

    private TableShapes() {}

    /** @param columns of the entity */
    static VaultTable anchor(EntitySpec entity, ColumnNames columns) {
        AnchorSpec anchor = entity.anchor();
        // keyless tables are identified by all of their columns, and those can be null
        boolean nullable = entity.schema().key().isEmpty();
        List<VaultColumn> key = anchor.keyColumns().stream()
                .map(column -> value(entity, column, columns, nullable))
                .toList();
        return anchor instanceof LinkSpec link ? link(link, key) : hub((HubSpec) anchor, key);
    }

    private static VaultTable hub(HubSpec hub, List<VaultColumn> key) {
        List<VaultColumn> all = new ArrayList<>();
        all.add(VaultColumn.internal(hub.hashKey(), Internal.HASH));
        all.addAll(key);
        all.addAll(TAIL);
        return new VaultTable(hub.table(), Kind.HUB, all, List.of(hub.hashKey()), Keep.FIRST);
    }

    static VaultTable keyHub(KeyHubSpec hub) {
        List<VaultColumn> all = new ArrayList<>();
        all.add(VaultColumn.internal(hub.hashKey(), Internal.HASH));
        hub.key().forEach(part -> all.add(new VaultColumn(part.name(), new SourceValue(part.type()), false)));
        all.addAll(TAIL);
        return new VaultTable(hub.table(), Kind.HUB, all, List.of(hub.hashKey()), Keep.FIRST);
    }

    /** A link with the hash keys of its ends, and keys of its own if it has some. */
    static VaultTable link(LinkSpec link, List<VaultColumn> keys) {
        List<VaultColumn> all = new ArrayList<>();
        all.add(VaultColumn.internal(link.hashKey(), Internal.HASH));
        link.ends().forEach(end -> all.add(VaultColumn.internal(end.hashKey(), Internal.HASH)));
        all.addAll(keys);
        all.addAll(TAIL);
        return new VaultTable(link.table(), Kind.LINK, all, List.of(link.hashKey()), Keep.FIRST);
    }

    static VaultTable link(LinkSpec link) {
        return link(link, values(link.degenerate()));
    }

    /** What describes the relations of a link: at each version of a driving row, any number of rows for each of them. */
    static VaultTable satellite(LinkSpec link) {
        String driving = link.ends().get(0).hashKey();
        List<VaultColumn> all = new ArrayList<>(List.of(
                VaultColumn.internal(driving, Internal.HASH),
                VaultColumn.internal(link.hashKey(), Internal.HASH),
                POSITION,
                ORDINAL,
                VaultColumn.internal(VaultColumn.ELEMENT_NUMBER, Internal.ORDER),
                LOAD_TS,
                RECORD_SOURCE,
                VaultColumn.internal(VaultColumn.HASHDIFF, Internal.HASH),
                VaultColumn.internal(VaultColumn.UNAVAILABLE, Internal.NAMES)));
        all.addAll(values(link.attributes()));
        return new VaultTable(
                link.satelliteTable(),
                Kind.SATELLITE,
                all,
                List.of(
                        driving,
                        VaultColumn.COMMIT_POSITION,
                        VaultColumn.COMMIT_ORDINAL,
                        link.hashKey(),
                        VaultColumn.ELEMENT_NUMBER),
                Keep.ANY);
    }

    private static List<VaultColumn> values(List<LinkColumn> columns) {
        return columns.stream()
                .map(column -> new VaultColumn(column.name(), new SourceValue(column.type()), true))
                .toList();
    }

    /** @param columns of the entity */
    static VaultTable satellite(EntitySpec entity, SatelliteSpec satellite, ColumnNames columns) {
        String hashKey = entity.anchor().hashKey();
        List<VaultColumn> all = new ArrayList<>(List.of(
                VaultColumn.internal(hashKey, Internal.HASH),
                POSITION,
                ORDINAL,
                LOAD_TS,
                RECORD_SOURCE,
                VaultColumn.internal(VaultColumn.HASHDIFF, Internal.HASH),
                VaultColumn.internal(VaultColumn.DELETED, Internal.FLAG),
                VaultColumn.internal(VaultColumn.UNAVAILABLE, Internal.NAMES),
                new VaultColumn(VaultColumn.MOVED_FROM, Internal.HASH, true)));
        satellite.columns().forEach(column -> all.add(value(entity, column, columns, true)));
        return new VaultTable(
                satellite.table(),
                Kind.SATELLITE,
                all,
                List.of(hashKey, VaultColumn.COMMIT_POSITION, VaultColumn.COMMIT_ORDINAL),
                Keep.ANY);
    }

    /** @param columns of the entity */
    static VaultTable reference(EntitySpec entity, SatelliteSpec versions, ColumnNames columns) {
        List<VaultColumn> all = wholeRow(ReferenceSpec.NATURAL_KEY, Internal.NATURAL_KEY);
        versions.columns().forEach(column -> all.add(value(entity, column, columns, true)));
        return new VaultTable(
                versions.table(),
                Kind.REFERENCE,
                all,
                List.of(ReferenceSpec.NATURAL_KEY, VaultColumn.COMMIT_POSITION, VaultColumn.COMMIT_ORDINAL),
                Keep.ANY);
    }

    /** @param columns of the entity */
    static VaultTable events(EntitySpec entity, SatelliteSpec versions, ColumnNames columns) {
        EventSpec event = (EventSpec) entity.anchor();
        List<VaultColumn> all = wholeRow(event.hashKey(), Internal.HASH);
        event.ends().forEach(end -> all.add(VaultColumn.internal(end.hashKey(), Internal.HASH)));
        versions.columns().forEach(column -> all.add(value(entity, column, columns, true)));
        return new VaultTable(
                versions.table(),
                Kind.EVENT,
                all,
                List.of(event.hashKey(), VaultColumn.COMMIT_POSITION, VaultColumn.COMMIT_ORDINAL),
                Keep.ANY);
    }

    /** What stands before the columns of a table that holds all of its entity. */
    private static List<VaultColumn> wholeRow(String key, Internal type) {
        return new ArrayList<>(List.of(
                VaultColumn.internal(key, type),
                POSITION,
                ORDINAL,
                LOAD_TS,
                RECORD_SOURCE,
                VaultColumn.internal(VaultColumn.DELETED, Internal.FLAG),
                VaultColumn.internal(VaultColumn.UNAVAILABLE, Internal.NAMES),
                new VaultColumn(VaultColumn.MOVED_FROM, type, true)));
    }

    static VaultTable effectivity(LinkSpec link) {
        return effectivity(link.effectivityTable(), link.ends().get(0).hashKey(), link.hashKey());
    }

    static VaultTable effectivity(SameAsSpec sameAs) {
        return effectivity(sameAs.effectivityTable(), SameAsSpec.DUPLICATE, sameAs.hashKey());
    }

    static VaultTable effectivity(SameAsSpec sameAs, MergesSpec merges) {
        return effectivity(merges.effectivityTable(), MergesSpec.STATED_BY, sameAs.hashKey());
    }

    private static VaultTable effectivity(String name, String driving, String hashKey) {
        return new VaultTable(
                name,
                Kind.EFFECTIVITY,
                List.of(
                        VaultColumn.internal(driving, Internal.HASH),
                        VaultColumn.internal(hashKey, Internal.HASH),
                        POSITION,
                        ORDINAL,
                        VaultColumn.internal(VaultColumn.ACTIVE, Internal.FLAG),
                        LOAD_TS,
                        RECORD_SOURCE),
                List.of(driving, VaultColumn.COMMIT_POSITION, VaultColumn.COMMIT_ORDINAL, hashKey),
                Keep.ANY);
    }

    static VaultTable sameAs(SameAsSpec sameAs) {
        List<VaultColumn> all = new ArrayList<>();
        all.add(VaultColumn.internal(sameAs.hashKey(), Internal.HASH));
        all.add(VaultColumn.internal(SameAsSpec.MASTER, Internal.HASH));
        all.add(VaultColumn.internal(SameAsSpec.DUPLICATE, Internal.HASH));
        all.addAll(TAIL);
        return new VaultTable(sameAs.table(), Kind.LINK, all, List.of(sameAs.hashKey()), Keep.FIRST);
    }

    private static VaultColumn value(EntitySpec entity, String column, ColumnNames columns, boolean nullable) {
        DataType type = FieldReader.typeOf(entity.schema(), column);
        return new VaultColumn(columns.of(column), new SourceValue(type), nullable);
    }
}
