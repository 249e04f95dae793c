package io.vaultline.clickhouse.load;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.RawChange;
import io.vaultline.letter.DeadLetter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables whose changes stay in Kafka until people act, since too many of their rows wait as dead letters already. For one
 * thread, but for {@link #size}.
 */
final class StoppedTables {
    private static final Logger LOG = LoggerFactory.getLogger(StoppedTables.class);

    private final int mostRows;
    private final Map<String, PipelineException> reasons = new TreeMap<>();
    private final Map<TopicPartition, Long> goBack = new HashMap<>();
    private volatile int size;

    /** @param mostRows of one table that may wait */
    StoppedTables(int mostRows) {
        this.mostRows = mostRows;
    }

    boolean has(RawChange raw) {
        return !reasons.isEmpty() && reasons.containsKey(raw.partition().topic());
    }

    /** @throws PipelineException with {@code DEAD_LETTERS_FULL} if the letter is of one row more than may wait */
    void check(DeadLetter letter, LetterShelf shelf) {
        Set<String> rows = shelf.all()
                .filter(other -> other.collection().equals(letter.collection()))
                .map(DeadLetter::row)
                .collect(Collectors.toSet());
        if (rows.size() >= mostRows && !rows.contains(letter.row())) {
            throw new PipelineException(
                    ErrorCode.DEAD_LETTERS_FULL,
                    "As many rows of one table wait as may, " + mostRows,
                    "collection " + letter.collection(),
                    "See them with 'dlq list', remove the cause and replay, or drop letters; or raise"
                            + " dead-letters.max-rows.");
        }
    }

    /** From this change on the table's changes stay in Kafka. */
    void stop(RawChange change, PipelineException why) {
        String topic = change.partition().topic();
        if (reasons.put(topic, why) == null) {
            LOG.error("Table stopped, the others go on; its changes wait in topic {}: {}", topic, why.getMessage());
            LOG.error("{}", why.remedy());
        }
        size = reasons.size();
        leave(change);
    }

    /** A change that was read stays in Kafka. */
    void leave(RawChange change) {
        goBack.putIfAbsent(change.partition(), change.offset());
    }

    /** Where partitions must be read from again; each is told once. */
    Map<TopicPartition, Long> takeGoBack() {
        Map<TopicPartition, Long> taken = Map.copyOf(goBack);
        goBack.clear();
        return taken;
    }

    /** Those of the partitions that are not to be read. */
    Collection<TopicPartition> among(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> reasons.containsKey(partition.topic()))
                .toList();
    }

    /** All are tried again; whoever still has too many letters stops at once. */
    void release() {
        reasons.clear();
        size = 0;
    }

    boolean isEmpty() {
        return reasons.isEmpty();
    }

    /** How many tables are stopped. From any thread. */
    int size() {
        return size;
    }
}
