package io.vaultline.kafka;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A transactional producer whose transactions end after the last of their records was taken by Kafka, not merely sent.
 *
 * <p>Kafka's client (4.3.0) asks whether anything is unsent before it takes the end of the transaction from its queue,
 * without a lock around both. A record and the end that arrive in between lose each other: the commit succeeds without
 * the record, which then blocks the producer until it expires. With nothing unsent there is nothing to lose.
 */
final class WholeCommitProducer extends KafkaProducer<byte[], byte[]> {
    WholeCommitProducer(Map<String, Object> settings) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void commitTransaction() {
        flush();
        super.commitTransaction();
    }

    @Override
    public void abortTransaction() {
        flush();
        super.abortTransaction();
    }
}
