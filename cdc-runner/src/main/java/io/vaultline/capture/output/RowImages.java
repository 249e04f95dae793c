package io.vaultline.capture.output;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rows in a change. */
final class RowImages {
    private RowImages() {}

    /** All images, also of identities that the row had or will have. */
    static List<Row> of(DataChangeEvent event) {
        if (event instanceof RowUpdated updated) {
            return present(updated.after(), updated.before());
        } else if (event instanceof RowCreated created) {
            return present(created.after(), created.movedFrom());
        } else if (event instanceof RowDeleted deleted) {
            return present(deleted.before(), deleted.movedTo());
        }
        return event instanceof RowRead read ? List.of(read.after()) : List.of();
    }

    private static List<Row> present(Row row, @Nullable Row other) {
        return other == null ? List.of(row) : List.of(row, other);
    }

    /** The same change with other images. */
    static DataChangeEvent with(ChangeHeader header, DataChangeEvent event, UnaryOperator<Row> images) {
        if (event instanceof RowRead read) {
            return new RowRead(header, images.apply(read.after()));
        } else if (event instanceof RowCreated created) {
            return new RowCreated(header, images.apply(created.after()), applied(images, created.movedFrom()));
        } else if (event instanceof RowUpdated updated) {
            return new RowUpdated(header, applied(images, updated.before()), images.apply(updated.after()));
        } else if (event instanceof RowDeleted deleted) {
            return new RowDeleted(header, images.apply(deleted.before()), applied(images, deleted.movedTo()));
        }
        return new CollectionTruncated(header);
    }

    private static @Nullable Row applied(UnaryOperator<Row> images, @Nullable Row row) {
        return row == null ? null : images.apply(row);
    }
}
