package io.vaultline.capture.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The engine's offset store. It holds what is durable in Kafka and nothing else: it starts from the offset in the
 * setting {@link #START}, and the handler hands it a new one only after the Kafka transaction that holds it was
 * committed. Whatever the engine acknowledges to the source is read from here, so it can't run ahead.
 *
 * <p>Public, with a constructor of no arguments, since the engine makes it by name.
 */
public final class DurableOffsets implements OffsetBackingStore {
    /** The setting that holds the offset to start from, a JSON object. */
    public static final String START = "vaultline.offset.start";

    private final Map<ByteBuffer, ByteBuffer> offsets = new ConcurrentHashMap<>();
    private ByteBuffer start = ByteBuffer.allocate(0);

    @Override
    public void configure(WorkerConfig config) {
        String offset = Objects.requireNonNull(config.originalsStrings().get(START), START);
        start = ByteBuffer.wrap(offset.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
        for (ByteBuffer key : keys) {
            found.put(key, offsets.getOrDefault(key, start).duplicate());
        }
        return CompletableFuture.completedFuture(found);
    }

    @Override
    @SuppressWarnings("NullAway") // Connect's callback takes null for "no error" and for "no result"
    public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, @Nullable Callback<Void> callback) {
        offsets.putAll(values);
        if (callback != null) {
            callback.onCompletion(null, null);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connector) {
        return Set.of();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
