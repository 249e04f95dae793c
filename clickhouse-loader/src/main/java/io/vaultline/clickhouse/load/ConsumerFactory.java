package io.vaultline.clickhouse.load;

import io.vaultline.kafka.ChangeConsumer;
import io.vaultline.kafka.SchemaCatalog;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/** Makes a consumer that has joined no group yet. */
@FunctionalInterface
interface ConsumerFactory {
    /** @param listener told when partitions come and go */
    ChangeConsumer create(SchemaCatalog schemas, ConsumerRebalanceListener listener);
}
