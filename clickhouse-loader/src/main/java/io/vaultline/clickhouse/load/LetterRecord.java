package io.vaultline.clickhouse.load;

import io.vaultline.letter.DeadLetter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record for the dead-letter topic that must be durable together with the offset behind its change.
 *
 * @param partition that the change came from
 */
record LetterRecord(TopicPartition partition, DeadLetter letter, ProducerRecord<byte[], byte[]> item) {}
