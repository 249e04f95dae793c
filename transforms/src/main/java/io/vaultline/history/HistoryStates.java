package io.vaultline.history;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.Row;
import io.vaultline.history.HistoryRange.Images;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Folds a history into the state of a collection with bounded memory: as many identities as fit are folded in one pass
 * over the history; the others wait for the next pass.
 */
public final class HistoryStates {
    private static final int MOVED_AT_ONCE = 10_000;

    private final ChangeHistory history;
    private final long maxBytes;

    /** @param maxBytes how much of the heap the states of one pass may take, roughly, in bytes */
    public HistoryStates(ChangeHistory history, long maxBytes) {
        this.history = history;
        this.maxBytes = maxBytes;
    }

    /**
     * Hands over each row that exists at the end of a range, once, in any order, with unavailable values taken from
     * earlier changes; what no change has told stays unavailable.
     *
     * @throws io.vaultline.error.PipelineException if the history can't be read
     */
    public void read(CollectionSchema schema, HistoryRange range, Consumer<Row> rows) {
        // a keyless row's identity before an update stands in the before-image only
        HistoryRange lean = schema.key().isEmpty() ? range : range.with(Images.AFTER);
        HistoryRange living =
                history.lastTruncation(schema, lean).map(lean::since).orElse(lean);
        Deque<Share> waiting = new ArrayDeque<>(List.of(Share.ALL));
        List<MovedRow> moved = new ArrayList<>();
        while (!waiting.isEmpty()) {
            fold(schema, living, waiting).finish(rows, row -> {
                moved.add(row);
                if (moved.size() >= MOVED_AT_ONCE) {
                    complete(schema, living, moved, rows);
                }
            });
        }
        complete(schema, living, moved, rows);
    }

    private States fold(CollectionSchema schema, HistoryRange range, Deque<Share> waiting) {
        Share[] share = {waiting.pop()};
        States states = schema.key().isEmpty() ? new KeylessStates(share[0]) : new KeyedStates(schema, share[0]);
        history.read(schema, range, event -> {
            states.add(event);
            while (states.bytes() > maxBytes && states.identities() > 1 && share[0].canSplit()) {
                waiting.push(share[0].secondHalf());
                share[0] = share[0].firstHalf();
                states.shrinkTo(share[0]);
            }
        });
        return states;
    }

    /** Looks the moved rows' old identities up, as often as there are moves before the move. */
    private void complete(CollectionSchema schema, HistoryRange range, List<MovedRow> moved, Consumer<Row> rows) {
        while (!moved.isEmpty()) {
            Map<RowIdentity, List<MovedRow>> byOrigin = new HashMap<>();
            moved.forEach(row -> byOrigin.computeIfAbsent(row.oldIdentity(), key -> new ArrayList<>())
                    .add(row));
            history.read(schema, range, event -> tell(byOrigin, event));
            List<MovedRow> again = new ArrayList<>();
            moved.forEach(row -> row.next().ifPresentOrElse(again::add, () -> rows.accept(row.completed())));
            moved.clear();
            moved.addAll(again);
        }
    }

    private static void tell(Map<RowIdentity, List<MovedRow>> byOrigin, DataChangeEvent event) {
        if (!(event instanceof CollectionTruncated)) {
            byOrigin.getOrDefault(KeyedStates.identity(event), List.of()).forEach(row -> row.add(event));
        }
    }
}
