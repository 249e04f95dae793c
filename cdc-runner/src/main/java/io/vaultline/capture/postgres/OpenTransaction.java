package io.vaultline.capture.postgres;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.ChangeEncoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a source transaction whose end has not come yet. Their place in the source's order is the commit's, and
 * that is known only at the end; so they wait here, in memory up to a limit, the older ones in a file beyond it.
 */
final class OpenTransaction implements ChangeSink, AutoCloseable {
    /** Changes wait with their place inside of the transaction only. */
    private static final long UNKNOWN = 0;

    private final long memoryBytes;

    /** Of the changes in the file those that can't be written there, in their order. */
    private final Queue<DataChangeEvent> unfit = new ArrayDeque<>();

    private final List<DataChangeEvent> recent = new ArrayList<>();
    private final IdentityHashMap<CollectionSchema, ChangeSchema> schemas = new IdentityHashMap<>();
    private final Map<Long, ChangeSchema> byFingerprint = new HashMap<>();
    private final ChangeEncoder encoder = new ChangeEncoder();
    private SharedKeys shared = new SharedKeys(this, SharedKeys.MEMORY);
    private @Nullable SpillFile spill;
    private long weight;
    private long ordinal;

    OpenTransaction(long memoryBytes) {
        this.memoryBytes = memoryBytes;
    }

    /** What takes the changes when the transaction has ended. */
    @FunctionalInterface
    interface Taker {
        void take(DataChangeEvent event, long ordinal);
    }

    /** {@inheritDoc} It says nothing that the commit decides. */
    @Override
    public ChangeHeader next(CollectionSchema shape) {
        return new ChangeHeader(shape, new CommitOrder(UNKNOWN, ++ordinal), UNKNOWN, null);
    }

    @Override
    public void skip() {
        ordinal++;
    }

    @Override
    public void add(DataChangeEvent event) {
        recent.add(event);
        weight += Changes.weight(event);
        if (weight > memoryBytes) {
            spill();
        }
    }

    @Override
    public ChangeSink sharing() {
        return shared;
    }

    /** No more changes come. */
    void end() {
        shared.end();
    }

    /** How many changes wait. */
    long size() {
        return (spill == null ? 0 : spill.records()) + recent.size();
    }

    /** Whether there were too many bytes for memory. */
    boolean isSpilled() {
        return spill != null;
    }

    /** Hands out all changes in their order, and forgets them. */
    void drain(Taker taker) {
        if (spill != null) {
            drain(spill, taker);
        }
        for (DataChangeEvent event : recent) {
            taker.take(event, event.order().ordinal());
        }
        clear();
    }

    private void drain(SpillFile file, Taker taker) {
        ChangeDecoder decoder =
                new ChangeDecoder(fingerprint -> Objects.requireNonNull(byFingerprint.get(fingerprint)));
        file.read(bytes -> {
            DataChangeEvent event = bytes.length == 0 ? unfit.remove() : decoder.decode(bytes);
            taker.take(event, event.order().ordinal());
        });
    }

    /** Forgets everything. */
    void clear() {
        recent.clear();
        weight = 0;
        ordinal = 0;
        shared = new SharedKeys(this, SharedKeys.MEMORY);
        unfit.clear();
        schemas.clear();
        byFingerprint.clear();
        if (spill != null) {
            spill.close();
            spill = null;
        }
    }

    private void spill() {
        SpillFile file = spill == null ? SpillFile.create() : spill;
        spill = file;
        for (DataChangeEvent event : recent) {
            byte[] bytes = encoded(event);
            file.add(bytes, bytes.length);
        }
        recent.clear();
        weight = 0;
    }

    /** Nothing of a change with values that no codec takes; it stays in memory. */
    private byte[] encoded(DataChangeEvent event) {
        try {
            return encoder.encode(schema(event.schema()), event);
        } catch (IllegalArgumentException e) {
            unfit.add(event);
            return new byte[0];
        }
    }

    private ChangeSchema schema(CollectionSchema shape) {
        return schemas.computeIfAbsent(shape, added -> {
            ChangeSchema schema = ChangeSchema.of(added);
            byFingerprint.put(schema.fingerprint(), schema);
            return schema;
        });
    }

    @Override
    public void close() {
        clear();
    }
}
