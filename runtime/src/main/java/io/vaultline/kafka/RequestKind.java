package io.vaultline.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One kind of requests, and of the answers to them.
 *
 * @param <Q> a request
 * @param <A> an answer
 * @param requests what the keys of requests begin with
 * @param answers what the keys of answers begin with
 * @param request reads a request
 * @param answer reads an answer
 * @param last whether nothing follows an answer
 */
public record RequestKind<Q, A>(
        String requests, String answers, RequestReader<Q> request, Function<JsonNode, A> answer, Predicate<A> last) {
    /** Makes a request of a record. */
    @FunctionalInterface
    public interface RequestReader<Q> {
        Q read(String source, String id, JsonNode content);
    }

    /**
     * Takes what a record says, by the request's id; nothing if it is of another kind or source.
     *
     * @throws io.vaultline.error.PipelineException if it is none of ours
     */
    public void read(
            String source, byte[] key, byte[] value, BiConsumer<String, Q> asked, BiConsumer<String, A> answered) {
        RequestRecords.read(
                source,
                key,
                value,
                Map.of(
                        requests, (id, content) -> asked.accept(id, request.read(source, id, content)),
                        answers, (id, content) -> answered.accept(id, answer.apply(content))));
    }

    /** The same for every source. */
    public void readAll(byte[] key, byte[] value, BiConsumer<String, Q> asked, BiConsumer<String, A> answered) {
        RequestRecords.readAll(
                key,
                value,
                Map.of(
                        requests, (source, id, content) -> asked.accept(id, request.read(source, id, content)),
                        answers, (source, id, content) -> answered.accept(id, answer.apply(content))));
    }
}
