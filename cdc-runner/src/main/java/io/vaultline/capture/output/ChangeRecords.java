package io.vaultline.capture.output;

import io.vaultline.codec.ChangeEncoder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the records of changes. Not thread-safe. */
final class ChangeRecords {
    private final ChangeEncoder encoder = new ChangeEncoder();

    /** @throws RuntimeException if the change can't be encoded, or is too large */
    ProducerRecord<byte[], byte[]> of(CaptureTopic topic, DataChangeEvent event) {
        byte[] value = encoder.encode(topic.schema(), event);
        if (event instanceof CollectionTruncated) {
            return new ProducerRecord<>(topic.name(), 0, null, value);
        }
        byte[] key = encoder.encodeKey(topic.schema(), event.row());
        if (key.length + value.length > topic.limit().content()) {
            throw LargestValue.of(event).problem(key.length + value.length, topic.limit());
        }
        return new ProducerRecord<>(topic.name(), key, value);
    }
}
