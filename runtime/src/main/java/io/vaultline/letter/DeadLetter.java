package io.vaultline.letter;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a change that waits, without the data of its row.
 *
 * @param id names the change within its pipeline; the same change always has the same
 * @param role which refused it, such as {@code capture}
 * @param commitMicros the source's commit time, microseconds since the epoch
 * @param row names the row among those that wait: changes with the same one keep their order
 * @param reason why it was refused; empty if it only waits behind one that was
 * @param shape the change's shape as JSON, if that is not a published one
 * @param unfit the columns of that shape that hold what was refused
 * @param place where the change stands in Kafka, if it does
 */
public record DeadLetter(
        String id,
        String role,
        CollectionId collection,
        CommitOrder order,
        long commitMicros,
        String row,
        Optional<Reason> reason,
        Optional<String> shape,
        List<String> unfit,
        Optional<KafkaPlace> place) {
    public DeadLetter {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(row, "row");
        Objects.requireNonNull(place, "place");
        unfit = List.copyOf(unfit);
    }

    /** A change that is not in its topic yet. */
    public DeadLetter(
            String id,
            String role,
            CollectionId collection,
            CommitOrder order,
            long commitMicros,
            String row,
            Optional<Reason> reason,
            Optional<String> shape,
            List<String> unfit) {
        this(id, role, collection, order, commitMicros, row, reason, shape, unfit, Optional.empty());
    }

    /** The same, refused itself. */
    public DeadLetter because(Reason why) {
        return new DeadLetter(id, role, collection, order, commitMicros, row, Optional.of(why), shape, unfit, place);
    }

    /** Whether it was refused itself. */
    public boolean isRefused() {
        return reason.isPresent();
    }
}
