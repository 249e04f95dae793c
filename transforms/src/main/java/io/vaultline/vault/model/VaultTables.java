package io.vaultline.vault.model;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.vault.hash.HashAlgorithm;
import io.vaultline.vault.value.FieldReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of a vault model, each part of it with its table, and the names of source columns in them. Immutable. */
public final class VaultTables {
    private final VaultModel model;
    private final Map<String, VaultTable> byName = new LinkedHashMap<>();
    private final Map<String, ColumnNames> columnNames = new HashMap<>();

    /** @throws PipelineException {@code MODEL_INVALID} if two parts of the model want tables of one name */
    public VaultTables(VaultModel model) {
        this.model = model;
        model.entities().forEach(this::addEntity);
        model.keyHubs().forEach(hub -> add(TableShapes.keyHub(hub)));
        for (LinkSpec link : model.links()) {
            add(TableShapes.link(link));
            add(TableShapes.effectivity(link));
            if (!link.attributes().isEmpty()) {
                add(TableShapes.satellite(link));
            }
        }
        for (SameAsSpec sameAs : model.sameAs()) {
            add(TableShapes.sameAs(sameAs));
            if (sameAs.keysChange()) {
                add(TableShapes.effectivity(sameAs));
            }
            sameAs.merges().forEach(merges -> add(TableShapes.effectivity(sameAs, merges)));
        }
        add(TableShapes.TRUNCATION);
    }

    private void addEntity(EntitySpec entity) {
        ColumnNames columns = new ColumnNames(entity);
        columnNames.put(entity.name(), columns);
        if (entity.anchor() instanceof ReferenceSpec) {
            entity.satellites().forEach(versions -> add(TableShapes.reference(entity, versions, columns)));
            return;
        }
        if (entity.anchor() instanceof EventSpec) {
            entity.satellites().forEach(events -> add(TableShapes.events(entity, events, columns)));
            return;
        }
        if (!(entity.anchor() instanceof HubSpec hub && hub.declared().isPresent())) {
            add(TableShapes.anchor(entity, columns));
        }
        entity.satellites().forEach(satellite -> add(TableShapes.satellite(entity, satellite, columns)));
        entity.sets().forEach(set -> add(SetTables.of(entity, set)));
        if (entity.statusTracking()) {
            add(SetTables.status(entity));
        }
    }

    public VaultModel model() {
        return model;
    }

    /** Every table: entities in the model's order with their satellites, then hubs of keys alone, links with their
     * satellite, same-as links with theirs, and truncation. */
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

    /** A satellite that holds a set for each version. */
    public VaultTable set(SetSpec set) {
        return table(set.table());
    }

    /** How rows of an entity came and went. */
    public VaultTable status(EntitySpec entity) {
        return table(entity.statusTable());
    }

    /** A link of origin foreign key or document id. */
    public VaultTable link(LinkSpec link) {
        return table(link.table());
    }

    /** The satellite of a link of origin foreign key or document id. */
    public VaultTable effectivity(LinkSpec link) {
        return table(link.effectivityTable());
    }

    /** The pairs of keys of a hub that mean the same. */
    public VaultTable sameAs(SameAsSpec sameAs) {
        return table(sameAs.table());
    }

    /** From when to when a key of a hub was a duplicate. */
    public VaultTable effectivity(SameAsSpec sameAs) {
        return table(sameAs.effectivityTable());
    }

    /** What describes the relations of a link that has attributes. */
    public VaultTable satellite(LinkSpec link) {
        return table(link.satelliteTable());
    }

    /** From when to when a row stated which keys of a hub mean the same. */
    public VaultTable effectivity(MergesSpec merges) {
        return table(merges.effectivityTable());
    }

    public VaultTable truncation() {
        return TableShapes.TRUNCATION;
    }

    /**
     * What a source column is called in the anchor's and the satellite's table; the one place that decides it.
     *
     * @throws IllegalArgumentException if the entity is not of this model, or its collection has no such column
     */
    public String columnName(EntitySpec entity, String sourceColumn) {
        return names(entity).of(sourceColumn);
    }

    /** What a source column is called in the views: as in the tables, or like itself if a declared hub holds it. */
    public String shownName(EntitySpec entity, String sourceColumn) {
        return names(entity).shown(sourceColumn);
    }

    private ColumnNames names(EntitySpec entity) {
        ColumnNames names = columnNames.get(entity.name());
        if (names == null) {
            throw new IllegalArgumentException("the model has no entity " + entity.name());
        }
        return names;
    }

    /** The hub that a link ends at. @throws IllegalArgumentException if the model has none of that name */
    public HubTarget hub(LinkEnd end) {
        return hub(end.hub());
    }

    /** The hub of a name. @throws IllegalArgumentException if the model has none of that name */
    public HubTarget hub(String name) {
        Optional<HubTarget> entity = model.entities().stream()
                .filter(e -> e.anchor() instanceof HubSpec hub && hub.name().equals(name))
                .map(this::target)
                .findFirst();
        Optional<HubTarget> keyHub = model.keyHubs().stream()
                .filter(hub -> hub.name().equals(name))
                .map(this::target)
                .findFirst();
        return keyHub.or(() -> entity).orElseThrow(() -> new IllegalArgumentException("the model has no hub " + name));
    }

    private HubTarget target(EntitySpec entity) {
        List<String> key = entity.anchor().keyColumns();
        return new HubTarget(
                anchor(entity.anchor()),
                entity.schema().id().source(),
                key.stream()
                        .map(column ->
                                HubKeyPart.of(columnName(entity, column), FieldReader.typeOf(entity.schema(), column)))
                        .toList());
    }

    private HubTarget target(KeyHubSpec hub) {
        return new HubTarget(table(hub.table()), hub.collisionCode(), hub.key());
    }

    /** The table with hashes as long as the vault's. */
    private VaultTable sized(VaultTable table) {
        if (model.rules().algorithm() != HashAlgorithm.SHA_256) {
            return table;
        }
        List<VaultColumn> columns = table.columns().stream()
                .map(column -> column.type() == VaultType.Internal.HASH
                        ? new VaultColumn(column.name(), VaultType.Internal.WIDE_HASH, column.nullable())
                        : column)
                .toList();
        return new VaultTable(table.name(), table.kind(), columns, table.sortingKey(), table.keep());
    }

    private VaultTable table(String name) {
        VaultTable table = byName.get(name);
        if (table == null) {
            throw new IllegalArgumentException("the model has no table " + name);
        }
        return table;
    }

    private void add(VaultTable narrow) {
        VaultTable table = sized(narrow);
        if (byName.put(table.name(), table) != null) {
            throw new PipelineException(
                    ErrorCode.MODEL_INVALID,
                    "Two parts of the vault model want a table of the same name",
                    table.name(),
                    "Leave one of the collections or links out of the pipeline, or rename it at the source.");
        }
    }
}
