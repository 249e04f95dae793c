package io.vaultline.kafka;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Tells a pipeline that has captured something from one that has not. */
public final class CapturedTopics {
    private CapturedTopics() {}

    /** @throws PipelineException if Kafka does not answer, or has no such topic since nothing was captured yet */
    public static void require(KafkaClients clients, String topic) {
        if (!exists(clients, topic)) {
            throw new PipelineException(
                    ErrorCode.KAFKA_REFUSES,
                    "The pipeline has not captured anything yet",
                    "topic " + topic,
                    "Start 'run --roles capture' first; the shapes of the collections come from there.");
        }
    }

    /** Whether Kafka has the topic. @throws PipelineException if Kafka does not answer */
    public static boolean exists(KafkaClients clients, String topic) {
        try (Admin admin = clients.admin()) {
            return admin.listTopics().names().get().contains(topic);
        } catch (ExecutionException | KafkaException e) {
            throw unreachable(clients, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(clients, e);
        }
    }

    private static PipelineException unreachable(KafkaClients clients, Exception cause) {
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "Kafka does not answer",
                "kafka.bootstrap-servers = " + clients.config().bootstrapServers(),
                "Check that the brokers run and that this address is right.",
                cause);
    }
}
