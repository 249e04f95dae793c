package io.vaultline.history;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A history in memory that counts how often it is read. */
final class ListHistory implements ChangeHistory {
    private final List<DataChangeEvent> events;
    private int reads;

    ListHistory(List<DataChangeEvent> events) {
        this.events = List.copyOf(events);
    }

    @Override
    public void read(CollectionSchema schema, HistoryRange range, Consumer<DataChangeEvent> changes) {
        reads++;
        events.stream().filter(event -> within(range, event)).forEach(changes);
    }

    @Override
    public Optional<CommitOrder> lastTruncation(CollectionSchema schema, HistoryRange range) {
        return events.stream()
                .filter(event -> event instanceof CollectionTruncated && within(range, event))
                .map(DataChangeEvent::order)
                .max(CommitOrder::compareTo);
    }

    @Override
    public long count(CollectionSchema schema) {
        return events.size();
    }

    int reads() {
        return reads;
    }

    private static boolean within(HistoryRange range, DataChangeEvent event) {
        return range.contains(event.order(), event.header().commitMicros());
    }
}
