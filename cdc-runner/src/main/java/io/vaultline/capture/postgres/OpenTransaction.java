package io.vaultline.capture.postgres;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.ChangeEncoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.codec.SchemaLookup;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private @Nullable Path file;
    private @Nullable DataOutputStream spill;
    private long spilled;
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

    /** How many changes wait. */
    long size() {
        return spilled + recent.size();
    }

    /** Whether there were too many bytes for memory. */
    boolean isSpilled() {
        return spilled > 0;
    }

    /** Hands out all changes in their order, and forgets them. */
    void drain(Taker taker) {
        if (spilled > 0) {
            drainFile(taker);
        }
        for (DataChangeEvent event : recent) {
            taker.take(event, event.order().ordinal());
        }
        clear();
    }

    /** Forgets everything. */
    void clear() {
        recent.clear();
        weight = 0;
        ordinal = 0;
        try {
            removeFile();
        } catch (IOException e) {
            throw diskFailure(e);
        }
    }

    private void spill() {
        try {
            DataOutputStream out = spill == null ? open() : spill;
            for (DataChangeEvent event : recent) {
                byte[] bytes = encoded(event);
                out.writeInt(bytes.length);
                out.write(bytes);
                spilled++;
            }
        } catch (IOException e) {
            throw diskFailure(e);
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

    private DataOutputStream open() throws IOException {
        Path created = Files.createTempFile("vaultline-transaction-", ".spill");
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(created), 1 << 16));
        file = created;
        spill = out;
        return out;
    }

    private ChangeSchema schema(CollectionSchema shape) {
        return schemas.computeIfAbsent(shape, added -> {
            ChangeSchema schema = ChangeSchema.of(added);
            byFingerprint.put(schema.fingerprint(), schema);
            return schema;
        });
    }

    private void drainFile(Taker taker) {
        if (spill == null || file == null) {
            return;
        }
        SchemaLookup lookup = fingerprint -> Objects.requireNonNull(byFingerprint.get(fingerprint));
        ChangeDecoder decoder = new ChangeDecoder(lookup);
        try {
            spill.flush();
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
                for (long i = 0; i < spilled; i++) {
                    byte[] bytes = in.readNBytes(in.readInt());
                    DataChangeEvent event = bytes.length == 0 ? unfit.remove() : decoder.decode(bytes);
                    taker.take(event, event.order().ordinal());
                }
            }
        } catch (IOException e) {
            throw diskFailure(e);
        }
    }

    private void removeFile() throws IOException {
        spilled = 0;
        unfit.clear();
        schemas.clear();
        byFingerprint.clear();
        if (spill != null && file != null) {
            spill.close();
            Files.deleteIfExists(file);
        }
        spill = null;
        file = null;
    }

    private static PipelineException diskFailure(IOException e) {
        return new PipelineException(
                ErrorCode.LOCAL_RESOURCE,
                "A large transaction of the source could not be kept on disk: " + e.getMessage(),
                "directory " + System.getProperty("java.io.tmpdir"),
                "Free space there, or set -Djava.io.tmpdir to a disk that has more.",
                e);
    }

    @Override
    public void close() {
        clear();
    }
}
