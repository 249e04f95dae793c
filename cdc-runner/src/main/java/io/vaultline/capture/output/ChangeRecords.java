package io.vaultline.capture.output;

import io.vaultline.codec.ChangeEncoder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.kafka.KafkaClients;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the records of changes. Not thread-safe. */
final class ChangeRecords {
    /**
     * Bytes of a key and a value: a little less than what the topics and the producer take, which count a batch's own bytes
     * too.
     */
    static final int LARGEST = KafkaClients.MAX_REQUEST_BYTES - (1 << 16);

    private final ChangeEncoder encoder = new ChangeEncoder();

    /** @throws RuntimeException if the change can't be encoded, or is too large */
    ProducerRecord<byte[], byte[]> of(PublishedSchemas.Entry entry, DataChangeEvent event) {
        byte[] value = encoder.encode(entry.schema(), event);
        if (event instanceof CollectionTruncated) {
            return new ProducerRecord<>(entry.topic(), 0, null, value);
        }
        byte[] key = encoder.encodeKey(entry.schema(), RowImages.identity(event));
        if (key.length + value.length > LARGEST) {
            throw LargestValue.of(event).problem(key.length + value.length, LARGEST);
        }
        return new ProducerRecord<>(entry.topic(), key, value);
    }
}
