package io.vaultline.vault;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.vault.VaultTable.Keep;
import io.vaultline.vault.VaultTable.Kind;
import io.vaultline.vault.VaultType.Internal;
import io.vaultline.vault.VaultType.SourceValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of a vault model, each part of it with its table, and the names of source columns in them. Immutable. */
public final class VaultTables {
    private static final VaultColumn LOAD_TS = internal(VaultColumn.LOAD_TS, Internal.LOAD_TIMESTAMP);
    private static final VaultColumn RECORD_SOURCE = internal(VaultColumn.RECORD_SOURCE, Internal.SYMBOL);
    private static final VaultColumn POSITION = internal(VaultColumn.COMMIT_POSITION, Internal.ORDER);
    private static final VaultColumn ORDINAL = internal(VaultColumn.COMMIT_ORDINAL, Internal.ORDER);

    /** Tells when a whole entity was emptied: every version before such a row has ended. One for all entities. */
    private static final VaultTable TRUNCATION = new VaultTable(
            "truncation",
            Kind.TRUNCATION,
            List.of(internal(VaultColumn.ENTITY, Internal.SYMBOL), POSITION, ORDINAL, LOAD_TS, RECORD_SOURCE),
            List.of(VaultColumn.ENTITY, VaultColumn.COMMIT_POSITION, VaultColumn.COMMIT_ORDINAL),
            Keep.ANY);

    private final VaultModel model;
    private final Map<String, VaultTable> byName = new LinkedHashMap<>();
    private final Map<String, ColumnNames> columnNames = new HashMap<>();

    /** @throws PipelineException {@code MODEL_INVALID} if two parts of the model want tables of one name */
    public VaultTables(VaultModel model) {
        this.model = model;
        for (EntitySpec entity : model.entities()) {
            columnNames.put(entity.name(), new ColumnNames(entity));
            add(
                    entity.anchor() instanceof LinkSpec link
                            ? linkTable(link, entity)
                            : hubTable((HubSpec) entity.anchor(), entity));
            entity.satellites().forEach(satellite -> add(satelliteTable(entity, satellite)));
        }
        model.keyHubs().forEach(hub -> add(keyHubTable(hub)));
        for (LinkSpec link : model.links()) {
            add(new VaultTable(
                    link.table(), Kind.LINK, linkColumns(link, List.of()), List.of(link.hashKey()), Keep.FIRST));
            add(effectivityTable(link));
        }
        add(TRUNCATION);
    }

    public VaultModel model() {
        return model;
    }

    /** Every table: entities in the model's order with their satellites, then hubs of keys alone, links with their
     * satellite, and truncation. */
    public List<VaultTable> all() {
        return List.copyOf(byName.values());
    }

    /** Hub, or link of a table that is made of keys. */
    public VaultTable anchor(AnchorSpec anchor) {
        return table(anchor.table());
    }

    /** Versions of an entity; {@code unavailable} holds names of this table's own columns. */
    public VaultTable satellite(SatelliteSpec satellite) {
        return table(satellite.table());
    }

    /** A link of origin foreign key or document id. */
    public VaultTable link(LinkSpec link) {
        return table(link.table());
    }

    /** The satellite of a link of origin foreign key or document id. */
    public VaultTable effectivity(LinkSpec link) {
        return table(link.effectivityTable());
    }

    public VaultTable truncation() {
        return TRUNCATION;
    }

    /**
     * What a source column is called in the anchor's and the satellite's table; the one place that decides it.
     *
     * @throws IllegalArgumentException if the entity is not of this model, or its collection has no such column
     */
    public String columnName(EntitySpec entity, String sourceColumn) {
        ColumnNames names = columnNames.get(entity.name());
        if (names == null) {
            throw new IllegalArgumentException("the model has no entity " + entity.name());
        }
        return names.of(sourceColumn);
    }

    /** The hub that a link ends at. @throws IllegalArgumentException if the model has none of that name */
    public HubTarget hub(LinkEnd end) {
        Optional<HubTarget> entity = model.entities().stream()
                .filter(e -> e.anchor() instanceof HubSpec hub && hub.name().equals(end.hub()))
                .map(this::target)
                .findFirst();
        Optional<HubTarget> keyHub = model.keyHubs().stream()
                .filter(hub -> hub.name().equals(end.hub()))
                .map(this::target)
                .findFirst();
        return entity.or(() -> keyHub)
                .orElseThrow(() -> new IllegalArgumentException("the model has no hub " + end.hub()));
    }

    private HubTarget target(EntitySpec entity) {
        List<String> key = entity.anchor().keyColumns();
        return new HubTarget(
                anchor(entity.anchor()),
                entity.schema().id().source(),
                key.stream().map(column -> columnName(entity, column)).toList(),
                key.stream()
                        .map(column -> FieldReader.typeOf(entity.schema(), column))
                        .toList());
    }

    private HubTarget target(KeyHubSpec hub) {
        return new HubTarget(table(hub.table()), hub.collisionCode(), List.of(hub.key()), List.of(hub.type()));
    }

    private VaultTable table(String name) {
        VaultTable table = byName.get(name);
        if (table == null) {
            throw new IllegalArgumentException("the model has no table " + name);
        }
        return table;
    }

    private void add(VaultTable table) {
        if (byName.put(table.name(), table) != null) {
            throw new PipelineException(
                    ErrorCode.MODEL_INVALID,
                    "Two parts of the vault model want a table of the same name",
                    table.name(),
                    "Leave one of the collections or links out of the pipeline, or rename it at the source.");
        }
    }

    private VaultTable hubTable(HubSpec hub, EntitySpec entity) {
        List<VaultColumn> columns = new ArrayList<>();
        columns.add(internal(hub.hashKey(), Internal.HASH));
        hub.keyColumns().forEach(key -> columns.add(keyColumn(entity, key)));
        addTail(columns);
        return new VaultTable(hub.table(), Kind.HUB, columns, List.of(hub.hashKey()), Keep.FIRST);
    }

    private static VaultTable keyHubTable(KeyHubSpec hub) {
        List<VaultColumn> columns = new ArrayList<>();
        columns.add(internal(hub.hashKey(), Internal.HASH));
        columns.add(new VaultColumn(hub.key(), new SourceValue(hub.type()), false));
        addTail(columns);
        return new VaultTable(hub.table(), Kind.HUB, columns, List.of(hub.hashKey()), Keep.FIRST);
    }

    private VaultTable linkTable(LinkSpec link, EntitySpec entity) {
        List<VaultColumn> keys =
                link.keyColumns().stream().map(key -> keyColumn(entity, key)).toList();
        return new VaultTable(link.table(), Kind.LINK, linkColumns(link, keys), List.of(link.hashKey()), Keep.FIRST);
    }

    private static List<VaultColumn> linkColumns(LinkSpec link, List<VaultColumn> keys) {
        List<VaultColumn> columns = new ArrayList<>();
        columns.add(internal(link.hashKey(), Internal.HASH));
        link.ends().forEach(end -> columns.add(internal(end.hashKey(), Internal.HASH)));
        columns.addAll(keys);
        addTail(columns);
        return columns;
    }

    private VaultTable satelliteTable(EntitySpec entity, SatelliteSpec satellite) {
        String hashKey = entity.anchor().hashKey();
        List<VaultColumn> columns = new ArrayList<>(List.of(
                internal(hashKey, Internal.HASH),
                POSITION,
                ORDINAL,
                LOAD_TS,
                RECORD_SOURCE,
                internal(VaultColumn.HASHDIFF, Internal.HASH),
                internal(VaultColumn.DELETED, Internal.FLAG),
                internal(VaultColumn.UNAVAILABLE, Internal.NAMES),
                new VaultColumn(VaultColumn.MOVED_FROM, Internal.HASH, true)));
        for (String column : satellite.columns()) {
            columns.add(new VaultColumn(
                    columnName(entity, column), new SourceValue(FieldReader.typeOf(entity.schema(), column)), true));
        }
        return new VaultTable(
                satellite.table(),
                Kind.SATELLITE,
                columns,
                List.of(hashKey, VaultColumn.COMMIT_POSITION, VaultColumn.COMMIT_ORDINAL),
                Keep.ANY);
    }

    private static VaultTable effectivityTable(LinkSpec link) {
        String driving = link.ends().get(0).hashKey();
        return new VaultTable(
                link.effectivityTable(),
                Kind.EFFECTIVITY,
                List.of(
                        internal(driving, Internal.HASH),
                        internal(link.hashKey(), Internal.HASH),
                        POSITION,
                        ORDINAL,
                        internal(VaultColumn.ACTIVE, Internal.FLAG),
                        LOAD_TS,
                        RECORD_SOURCE),
                List.of(driving, VaultColumn.COMMIT_POSITION, VaultColumn.COMMIT_ORDINAL, link.hashKey()),
                Keep.ANY);
    }

    private static void addTail(List<VaultColumn> columns) {
        columns.addAll(List.of(LOAD_TS, RECORD_SOURCE, POSITION, ORDINAL));
    }

    /** Keyless tables are identified by all of their columns, and those can be null. */
    private VaultColumn keyColumn(EntitySpec entity, String column) {
        boolean nullable = entity.schema().key().isEmpty();
        return new VaultColumn(
                columnName(entity, column), new SourceValue(FieldReader.typeOf(entity.schema(), column)), nullable);
    }

    private static VaultColumn internal(String name, Internal type) {
        return new VaultColumn(name, type, false);
    }
}
