package io.vaultline.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One committed change of one collection. */
public sealed interface DataChangeEvent {

    ChangeHeader header();

    /**
     * The row that the change is of, by its newest image.
     *
     * @throws IllegalArgumentException if it is of no row, as a truncation
     */
    Row row();

    /** The shape of the rows in this event. */
    default CollectionSchema schema() {
        return header().schema();
    }

    /** The place in the source's total order. */
    default CommitOrder order() {
        return header().order();
    }

    /** A row as a snapshot found it. */
    record RowRead(ChangeHeader header, Row after) implements DataChangeEvent {
        public RowRead {
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(after, "after");
        }

        @Override
        public Row row() {
            return after;
        }
    }

    /**
     * A new row.
     *
     * @param movedFrom key-only row of the old identity, if a primary key change created this one; else null
     */
    record RowCreated(
            ChangeHeader header, Row after, @Nullable Row movedFrom) implements DataChangeEvent {
        public RowCreated {
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(after, "after");
        }

        @Override
        public Row row() {
            return after;
        }
    }

    /**
     * An update that leaves the identity as it is.
     *
     * @param before the whole row before, where the source gives it; else null
     * @param after may hold {@link Unavailable} values
     */
    record RowUpdated(ChangeHeader header, @Nullable Row before, Row after) implements DataChangeEvent {
        public RowUpdated {
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(after, "after");
        }

        @Override
        public Row row() {
            return after;
        }
    }

    /**
     * A row that is gone.
     *
     * @param before the whole row before, or a row that holds its key only ({@link Row#keyOnly()})
     * @param movedTo key-only row of the new identity, if a primary key change deleted this one; else null
     */
    record RowDeleted(
            ChangeHeader header, Row before, @Nullable Row movedTo) implements DataChangeEvent {
        public RowDeleted {
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(before, "before");
        }

        @Override
        public Row row() {
            return before;
        }
    }

    /** Everything in the collection is gone. */
    record CollectionTruncated(ChangeHeader header) implements DataChangeEvent {
        public CollectionTruncated {
            Objects.requireNonNull(header, "header");
        }

        @Override
        public Row row() {
            throw new IllegalArgumentException("a truncation is of no row");
        }
    }
}
