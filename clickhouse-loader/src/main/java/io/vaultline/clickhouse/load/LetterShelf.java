package io.vaultline.clickhouse.load;

import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.RawChange;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.TopicTail;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.KafkaPlace;
import io.vaultline.letter.LetterCodec;
import io.vaultline.letter.Settlement;
import io.vaultline.letter.WaitingRows;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The dead letters of the partitions that a loader owns. Nobody else writes those, so the topic is read once, when a
 * partition comes, and then kept in mind without payloads. Used by one thread, but for {@link #size}.
 */
final class LetterShelf {
    private final KafkaClients clients;
    private final TopicNames names;
    private final String role;
    private final int most;
    private final Map<String, WaitingRows> waitingBySource = new HashMap<>();
    private final Map<TopicPartition, Integer> letters = new HashMap<>();
    private final Map<TopicPartition, Map<String, Settlement>> settled = new HashMap<>();
    private final Set<TopicPartition> unread = new HashSet<>();
    private final AtomicInteger size = new AtomicInteger();

    /**
     * @param role of the letters
     * @param most how many changes of one source may wait
     */
    LetterShelf(KafkaClients clients, TopicNames names, String role, int most) {
        this.role = role;
        this.clients = clients;
        this.names = names;
        this.most = most;
    }

    /** The name of the letter that a change is or would be. */
    String id(RawChange raw) {
        return LetterCodec.id(role, place(raw));
    }

    static KafkaPlace place(RawChange raw) {
        return new KafkaPlace(raw.partition().topic(), raw.partition().partition(), raw.offset());
    }

    static TopicPartition partition(DeadLetter letter) {
        KafkaPlace place = letter.place().orElseThrow();
        return new TopicPartition(place.topic(), place.partition());
    }

    /** The role of the letters: that of loaders, or, of a second vault of the pipeline, its loaders' group. */
    String role() {
        return role;
    }

    /** From now on these partitions are ours. */
    void own(Collection<TopicPartition> partitions) {
        unread.addAll(partitions);
    }

    /** They are somebody else's. */
    void disown(Collection<TopicPartition> partitions) {
        unread.removeAll(partitions);
        partitions.forEach(settled::remove);
        all().filter(letter -> partitions.contains(partition(letter))).toList().forEach(this::remove);
    }

    /**
     * Reads what waits of partitions that came since the last call. What their last owner wrote is seen, since it is
     * waited for.
     */
    void catchUp() {
        if (unread.isEmpty()) {
            return;
        }
        Map<String, DeadLetter> found = new LinkedHashMap<>();
        try (TopicTail tail = new TopicTail(clients, names.deadLetters())) {
            tail.readToNewest(item -> {
                LetterCodec.readSettled(item).ifPresent(entry -> settle(entry.getKey(), entry.getValue()));
                LetterCodec.read(item)
                        .ifPresentOrElse(
                                letter -> found.put(letter.id(), letter), () -> found.remove(LetterCodec.id(item)));
            });
        }
        found.values().stream()
                .filter(letter -> letter.role().equals(role))
                .filter(letter -> unread.contains(partition(letter)))
                .forEach(this::known);
        unread.clear();
    }

    private void settle(KafkaPlace place, Settlement settlement) {
        TopicPartition partition = new TopicPartition(place.topic(), place.partition());
        if (unread.contains(partition)) {
            settled(partition, settlement);
        }
    }

    /** A decision about a change of a partition. */
    void settled(TopicPartition partition, Settlement settlement) {
        settled.computeIfAbsent(partition, any -> new HashMap<>()).put(settlement.id(), settlement);
    }

    /** What was decided about a change, if anything was. */
    Optional<Settlement> settlement(RawChange raw) {
        Map<String, Settlement> decisions = settled.get(raw.partition());
        return decisions == null ? Optional.empty() : Optional.ofNullable(decisions.get(id(raw)));
    }

    /** Whether the change waits already. */
    boolean has(RawChange raw, String source) {
        return letters.containsKey(raw.partition())
                && waiting(source).find(id(raw)).isPresent();
    }

    /** Whether an earlier change of the same row waits. */
    boolean blocks(RawChange raw, String source, String row) {
        return letters.containsKey(raw.partition())
                && waiting(source).has(row)
                && waiting(source).all().stream()
                        .anyMatch(letter -> letter.row().equals(row)
                                && letter.place().orElseThrow().offset() < raw.offset());
    }

    /** Whether changes of a partition wait. */
    boolean touches(TopicPartition partition) {
        return letters.containsKey(partition);
    }

    /**
     * One more change waits.
     *
     * @throws PipelineException with {@code DEAD_LETTERS_FULL} if there are too many
     */
    void add(DeadLetter letter) {
        WaitingRows waiting = waiting(letter.collection().source());
        boolean isNew = waiting.find(letter.id()).isEmpty();
        waiting.add(letter);
        waiting.commit();
        count(letter, isNew);
    }

    private void known(DeadLetter letter) {
        WaitingRows waiting = waiting(letter.collection().source());
        boolean isNew = waiting.find(letter.id()).isEmpty();
        waiting.known(letter);
        count(letter, isNew);
    }

    private void count(DeadLetter letter, boolean isNew) {
        if (isNew) {
            letters.merge(partition(letter), 1, Integer::sum);
            size.incrementAndGet();
        }
    }

    /** A change waits no more. */
    void remove(DeadLetter letter) {
        WaitingRows waiting = waiting(letter.collection().source());
        if (waiting.find(letter.id()).isPresent()) {
            waiting.remove(letter.id());
            waiting.commit();
            letters.computeIfPresent(partition(letter), (any, count) -> count == 1 ? null : count - 1);
            size.decrementAndGet();
        }
    }

    /** All that wait, oldest first within each source. */
    Stream<DeadLetter> all() {
        return List.copyOf(waitingBySource.values()).stream().flatMap(waiting -> waiting.all().stream());
    }

    /** How many changes wait. From any thread. */
    int size() {
        return size.get();
    }

    private WaitingRows waiting(String source) {
        return waitingBySource.computeIfAbsent(source, any -> new WaitingRows(most));
    }
}
