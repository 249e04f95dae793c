package io.vaultline.kafka;

import io.vaultline.event.DataChangeEvent;
import org.apache.kafka.common.TopicPartition;

/** A change together with where it stands in Kafka. */
public record ChangeRecord(TopicPartition partition, long offset, DataChangeEvent event) {}
