package io.vaultline.capture.output;

import io.vaultline.event.DataChangeEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one collection that a snapshot read, encoded and waiting to be sent, in memory. Filled by one thread, then
 * handed to another.
 */
public final class EncodedRows {
    /** What a record takes besides its bytes. */
    private static final int OVERHEAD = 80;

    private final CaptureTopic topic;
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private final List<DataChangeEvent> others = new ArrayList<>();
    private long bytes;

    /** @param topic where the rows go */
    public EncodedRows(CaptureTopic topic) {
        this.topic = topic;
    }

    /** Adds a row's record. */
    public void add(byte[] key, byte[] value) {
        keys.add(key);
        values.add(value);
        bytes += OVERHEAD + key.length + value.length;
    }

    /** Adds a row that the writer is to encode, because something about it is special. */
    public void add(DataChangeEvent row) {
        others.add(row);
        bytes += OVERHEAD;
    }

    /** About how much memory the rows take, in bytes. */
    public long bytes() {
        return bytes;
    }

    public int size() {
        return keys.size() + others.size();
    }

    CaptureTopic topic() {
        return topic;
    }

    byte[] key(int index) {
        return keys.get(index);
    }

    byte[] value(int index) {
        return values.get(index);
    }

    int encoded() {
        return keys.size();
    }

    List<DataChangeEvent> others() {
        return others;
    }

    /** Forgets the rows. */
    public void clear() {
        keys.clear();
        values.clear();
        others.clear();
        bytes = 0;
    }
}
