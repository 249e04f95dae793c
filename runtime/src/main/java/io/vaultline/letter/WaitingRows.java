package io.vaultline.letter;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one role and source that wait, oldest first, and by them the rows whose later changes have to. What is
 * done since the last {@link #commit} can be taken back, since it is durable only with a Kafka transaction. Not
 * thread-safe, but for {@link #size}.
 */
public final class WaitingRows {
    private final int most;
    private Map<String, DeadLetter> letters = new LinkedHashMap<>();
    private Map<String, Integer> rows = new HashMap<>();
    private @Nullable Map<String, DeadLetter> durable;
    private volatile int size;

    /** @param most how many changes may wait */
    public WaitingRows(int most) {
        this.most = most;
    }

    /** How many changes wait. From any thread. */
    public int size() {
        return size;
    }

    /** Whether no row waits. */
    public boolean isEmpty() {
        return letters.isEmpty();
    }

    /** Whether a row's changes have to wait. */
    public boolean has(String row) {
        return rows.containsKey(row);
    }

    /** A change that waits, by its id. */
    public Optional<DeadLetter> find(String id) {
        return Optional.ofNullable(letters.get(id));
    }

    /** All changes that wait, oldest first. */
    public Collection<DeadLetter> all() {
        return List.copyOf(letters.values());
    }

    /** Takes in what the topic says that waits, whatever the limit. */
    public void known(DeadLetter letter) {
        if (letters.put(letter.id(), letter) == null) {
            rows.merge(letter.row(), 1, Integer::sum);
        }
        size = letters.size();
    }

    /**
     * One more change waits.
     *
     * @throws PipelineException with {@code DEAD_LETTERS_FULL} if there are too many
     */
    public void add(DeadLetter letter) {
        if (letters.size() >= most && !letters.containsKey(letter.id())) {
            throw full(letter);
        }
        keep();
        known(letter);
    }

    /** A change waits no more. */
    public void remove(String id) {
        keep();
        DeadLetter gone = letters.remove(id);
        if (gone != null) {
            rows.computeIfPresent(gone.row(), (row, count) -> count == 1 ? null : count - 1);
        }
        size = letters.size();
    }

    /** What was done is durable. */
    public void commit() {
        durable = null;
    }

    /** What was done since the last commit is not. */
    public void rollback() {
        if (durable != null) {
            Map<String, DeadLetter> before = durable;
            durable = null;
            letters = new LinkedHashMap<>();
            rows = new HashMap<>();
            before.values().forEach(this::known);
            size = letters.size();
        }
    }

    private void keep() {
        if (durable == null) {
            durable = new LinkedHashMap<>(letters);
        }
    }

    private PipelineException full(DeadLetter letter) {
        String why = letter.reason()
                .map(reason -> "the next was refused: " + reason.what() + " (" + reason.where() + ")")
                .orElse("the next waits behind one of them");
        return new PipelineException(
                ErrorCode.DEAD_LETTERS_FULL,
                "As many changes wait as may, " + most + ", and " + why,
                "collection " + letter.collection() + ", position "
                        + letter.order().commitPosition(),
                "See them with 'dlq list', remove the cause or drop letters, and start again; or raise"
                        + " dead-letters.max-waiting.");
    }
}
