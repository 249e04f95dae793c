package io.vaultline.vault;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTables;
import java.util.IdentityHashMap;

/**
 * Makes vault rows of changes. The rows of a change depend on the change and the model alone, so a change that comes
 * again makes the same rows again. For one thread: it holds buffers and what it derived from each shape of rows.
 *
 * <ul>
 *   <li>A row that is there: its hub or key table's link, a version in its satellite, and for each link of its
 *       collection the complete set of relations at this version, as active effectivity rows; one inactive row with a
 *       zero link key if there are none; no row if the column was not sent, since the earlier set then still holds.
 *   <li>What was not sent with a change is taken from the row before it where the source gives that; else it is named in
 *       {@code unavailable}. If the change gave the row a new key too, {@code moved_from} says where to look for it.
 *   <li>A row that is gone: a version with {@code deleted} and no values, and one inactive effectivity row for each link.
 *   <li>An emptied collection: one row in {@code truncation}.
 * </ul>
 *
 * <p>Rows are mapped by column name onto the model's shape of the collection: columns that the model does not know are
 * left out, columns that the row lacks are null, values of another type are turned into the model's.
 */
public final class VaultMapper {
    private final VaultTables tables;
    private final HashContract hash;
    private final IdentityHashMap<CollectionSchema, EntityPlan> plans = new IdentityHashMap<>();

    public VaultMapper(VaultModel model) {
        this(new VaultTables(model));
    }

    /** @param tables can be shared by the mappers of several threads; rows are given to the sink with these tables */
    public VaultMapper(VaultTables tables) {
        this.tables = tables;
        this.hash = new HashContract(tables.model().rules().algorithm());
    }

    /** The tables that rows are made for, the very objects that the sink is given. */
    public VaultTables tables() {
        return tables;
    }

    /**
     * Gives the rows of a change to the sink. Values are not to be changed: rows of one change share them.
     *
     * @throws PipelineException {@code MODEL_INVALID} if the model lacks the collection, {@code RECORD_UNREADABLE} if the
     *     change does not hold its key, {@code VALUE_NOT_SUPPORTED} if a value can't be held in the model's type
     */
    public void map(DataChangeEvent event, VaultRowSink sink) {
        EntityPlan plan = plan(event.schema());
        if (event instanceof RowRead read) {
            plan.version(event, read.after(), null, hash, sink);
        } else if (event instanceof RowCreated created) {
            plan.version(event, created.after(), created.movedFrom(), hash, sink);
        } else if (event instanceof RowUpdated updated) {
            plan.version(event, updated.after(), updated.before(), hash, sink);
        } else if (event instanceof RowDeleted deleted) {
            plan.deletion(event, deleted.before(), hash, sink);
        } else if (event instanceof CollectionTruncated) {
            plan.truncation(event, sink);
        }
    }

    private EntityPlan plan(CollectionSchema shape) {
        EntityPlan known = plans.get(shape);
        if (known != null) {
            return known;
        }
        EntityPlan plan = new EntityPlan(tables, entity(shape), shape);
        plans.put(shape, plan);
        return plan;
    }

    private EntitySpec entity(CollectionSchema shape) {
        return tables.model()
                .entityOf(shape.id())
                .orElseThrow(() -> new PipelineException(
                        ErrorCode.MODEL_INVALID,
                        "The vault model has no entity for a collection that changes come from",
                        shape.id().toString(),
                        "Infer the model again from every collection in the schema topic."));
    }
}
