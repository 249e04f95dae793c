package io.vaultline.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records of a pipeline's requests topic, whatever is asked for. Keys are JSON arrays, {@code [kind, source, id]};
 * values are JSON objects.
 */
public final class RequestRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestRecords() {}

    public static byte[] key(String kind, String source, String id) {
        return bytes(JSON.createArrayNode().add(kind).add(source).add(id));
    }

    public static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Takes what a record says. */
    @FunctionalInterface
    public interface Taker {
        void take(String source, String id, JsonNode content);
    }

    /**
     * Hands the id and the content of a source's record to whoever takes its kind; other records are left out.
     *
     * @throws PipelineException if it is none of ours
     */
    public static void read(
            String source, byte[] key, byte[] value, Map<String, BiConsumer<String, JsonNode>> takersByKind) {
        Map<String, Taker> takers = new HashMap<>();
        takersByKind.forEach((kind, taker) -> takers.put(kind, (of, id, content) -> {
            if (of.equals(source)) {
                taker.accept(id, content);
            }
        }));
        readAll(key, value, takers);
    }

    /** The same for the records of every source. */
    public static void readAll(byte[] key, byte[] value, Map<String, Taker> takersByKind) {
        try {
            JsonNode name = JSON.readTree(key);
            Taker taker = takersByKind.get(name.required(0).asText());
            if (taker != null) {
                taker.take(name.required(1).asText(), name.required(2).asText(), JSON.readTree(value));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new PipelineException(
                    ErrorCode.RECORD_UNREADABLE,
                    "A record of the requests topic is none of ours",
                    "requests topic",
                    "Check that no other program writes to this topic.",
                    e);
        }
    }

    /**
     * Makes a request durable.
     *
     * @throws PipelineException if Kafka can't be reached or refuses
     */
    public static void write(KafkaClients clients, TopicNames names, byte[] key, byte[] value) {
        try (Admin admin = clients.admin();
                KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of())) {
            new TopicCreator(admin, clients.config()).createInternal(names);
            producer.send(new ProducerRecord<>(names.requests(), 0, key, value)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notWritten(names, e);
        } catch (ExecutionException e) {
            throw notWritten(names, e);
        }
    }

    private static PipelineException notWritten(TopicNames names, Exception cause) {
        return new PipelineException(
                ErrorCode.KAFKA_UNREACHABLE,
                "The request could not be written: " + cause.getMessage(),
                "topic " + names.requests(),
                "Check that the brokers run and that the pipeline's Kafka user may write to this topic; then ask again.",
                cause);
    }
}
