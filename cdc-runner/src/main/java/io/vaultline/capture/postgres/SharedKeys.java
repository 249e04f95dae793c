package io.vaultline.capture.postgres;

import io.vaultline.capture.output.UnfitValue;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders one transaction's changes of tables whose key is deferrable. Rows of such a table may share a key until the
 * commit: of {@code UPDATE t SET id = id + 1} the log says that a row became 2 before it says that the old 2 became 3. In
 * that order 2 would seem gone, since whoever reads changes takes the last one of a key for its state.
 *
 * <p>So that of each key the last change is one of the row that has it in the end, a row's changes under a key wait: they
 * are handed on when the row leaves the key, in front of its leaving, or at the end of the transaction. Which of several
 * rows a change is of, its old values tell, since PostgreSQL sends them whole for such a table. A row's own changes keep
 * their order.
 *
 * <p>Where a row leaves a key with the very values of one that came there in this transaction, it is that one. So it is
 * told wrongly if two rows that meet are equal in all that is captured but the key. Of a row that does not change at all
 * while another comes to its key and leaves again, nothing tells. And what waits is bounded: in a transaction beyond that,
 * the oldest waits no longer, and rows that meet later may be told in the log's order.
 */
final class SharedKeys implements ChangeSink {
    private static final Logger LOG = LoggerFactory.getLogger(SharedKeys.class);

    /** No setting, since a transaction that was written by half must come in the same order again. */
    static final long MEMORY = 32L << 20;

    private final ChangeSink target;
    private final long memory;
    private final Map<CollectionId, CollectionSchema> shapes = new HashMap<>();

    /** The rows that came to a key or changed there, by the key, oldest first. */
    private final Map<Row, List<Tenant>> tenants = new LinkedHashMap<>();

    private @Nullable Row leaving;
    private long weight;
    private long place;
    private boolean isTold;

    /**
     * @param target gives changes their place when they are handed on
     * @param memory what may wait, in bytes
     */
    SharedKeys(ChangeSink target, long memory) {
        this.target = target;
        this.memory = memory;
    }

    /** A row under one key, with the changes that wait. */
    private static final class Tenant {
        private final List<DataChangeEvent> changes = new ArrayList<>();
        private Row image;
        private long weight;

        Tenant(Row image) {
            this.image = image;
        }
    }

    /** {@inheritDoc} It has only the change's place among those that wait. */
    @Override
    public ChangeHeader next(CollectionSchema shape) {
        return new ChangeHeader(shape, new CommitOrder(0, ++place), 0, null);
    }

    @Override
    public void skip() {
        target.skip();
    }

    @Override
    public ChangeSink sharing() {
        return this;
    }

    @Override
    public void add(DataChangeEvent event) {
        CollectionSchema before = shapes.put(event.schema().id(), event.schema());
        if (event instanceof CollectionTruncated || (before != null && !before.equals(event.schema()))) {
            end();
        }
        if (event instanceof RowCreated created) {
            came(created);
        } else if (event instanceof RowUpdated updated) {
            changed(updated);
        } else if (event instanceof RowDeleted deleted) {
            left(deleted);
        } else {
            handOn(event);
        }
        if (weight > memory) {
            shrink(event.schema().id());
        }
    }

    /** A move's two halves come one behind the other, and the first has the whole row. */
    private void came(RowCreated event) {
        boolean moved = event.movedFrom() != null && leaving != null;
        Row row = moved ? event.after().completedBy(Objects.requireNonNull(leaving)) : event.after();
        leaving = null;
        Tenant tenant = settle(row);
        wait(tenant, new RowCreated(event.header(), row, event.movedFrom()));
    }

    private void changed(RowUpdated event) {
        Row before = event.before();
        Row row = before == null ? event.after() : event.after().completedBy(before);
        Tenant known = find(row.keyOnly(), before);
        Tenant tenant = known == null ? settle(row) : known;
        tenant.image = row;
        wait(tenant, new RowUpdated(event.header(), before, row));
    }

    private void left(RowDeleted event) {
        Row key = event.before().keyOnly();
        Tenant tenant = find(key, event.before());
        if (tenant != null) {
            List<Tenant> here = Objects.requireNonNull(tenants.get(key));
            here.remove(tenant);
            if (here.isEmpty()) {
                tenants.remove(key);
            }
            weight -= tenant.weight;
            tenant.changes.forEach(this::handOn);
        }
        leaving = event.movedTo() == null ? null : event.before();
        handOn(event);
    }

    private Tenant settle(Row row) {
        Tenant tenant = new Tenant(row);
        tenants.computeIfAbsent(row.keyOnly(), key -> new ArrayList<>(1)).add(tenant);
        return tenant;
    }

    private void wait(Tenant tenant, DataChangeEvent event) {
        tenant.changes.add(event);
        tenant.weight += Changes.weight(event);
        weight += Changes.weight(event);
    }

    private @Nullable Tenant find(Row key, @Nullable Row before) {
        for (Tenant tenant : tenants.getOrDefault(key, List.of())) {
            if (before == null || agree(tenant.image, before)) {
                return tenant;
            }
        }
        return null;
    }

    /** Whether two images can be of one row; what one of them does not have says nothing. */
    private static boolean agree(Row one, Row other) {
        for (int i = 0; i < one.schema().columns().size(); i++) {
            Object mine = one.get(i);
            Object theirs = other.get(i);
            if (isKnown(mine) && isKnown(theirs) && !Objects.deepEquals(mine, theirs)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKnown(@Nullable Object value) {
        return value != Unavailable.VALUE && !(value instanceof UnfitValue);
    }

    /** Hands on what waits, in the order in which it came: the transaction has ended. */
    void end() {
        tenants.values().stream()
                .flatMap(List::stream)
                .flatMap(tenant -> tenant.changes.stream())
                .sorted(Comparator.comparing(DataChangeEvent::order))
                .forEach(this::handOn);
        tenants.clear();
        weight = 0;
    }

    private void shrink(CollectionId table) {
        if (!isTold) {
            isTold = true;
            LOG.warn(
                    "A transaction changes many rows of {}, whose key is deferrable: if rows share a key for long in it,"
                            + " some may be missing afterwards. Compare with verify, and read the table again with resnapshot.",
                    table);
        }
        Iterator<List<Tenant>> oldest = tenants.values().iterator();
        while (weight > memory && oldest.hasNext()) {
            for (Tenant tenant : oldest.next()) {
                tenant.changes.forEach(this::handOn);
                weight -= tenant.weight;
            }
            oldest.remove();
        }
    }

    private void handOn(DataChangeEvent event) {
        target.add(Changes.under(target.next(event.schema()), event));
    }
}
