package io.vaultline.kafka;

import io.vaultline.event.Watermark;
import java.util.Map;
import java.util.TreeMap;

/** The newest watermark of each source, read from the control topic. Used by one thread at a time. */
public final class Watermarks implements AutoCloseable {
    private final TopicTail tail;
    private final Map<String, Watermark> newest = new TreeMap<>();

    public Watermarks(KafkaClients clients, TopicNames names) {
        this.tail = new TopicTail(clients, names.control());
    }

    /** The newest watermark of each source now, by source name. */
    public Map<String, Watermark> refresh() {
        tail.readToEnd().forEach(entry -> {
            if (entry.value() != null) {
                Watermark watermark = WatermarkCodec.decode(entry.value());
                newest.put(watermark.source(), watermark);
            }
        });
        return Map.copyOf(newest);
    }

    @Override
    public void close() {
        tail.close();
    }
}
