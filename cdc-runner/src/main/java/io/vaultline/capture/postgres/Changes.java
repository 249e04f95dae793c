package io.vaultline.capture.postgres;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is done to changes as a whole. */
final class Changes {
    private static final int OVERHEAD = 100;
    private static final int PLAIN_VALUE = 24;

    private Changes() {}

    /** The same change under another header. */
    static DataChangeEvent under(ChangeHeader header, DataChangeEvent event) {
        if (event instanceof RowCreated created) {
            return new RowCreated(header, created.after(), created.movedFrom());
        } else if (event instanceof RowUpdated updated) {
            return new RowUpdated(header, updated.before(), updated.after());
        } else if (event instanceof RowDeleted deleted) {
            return new RowDeleted(header, deleted.before(), deleted.movedTo());
        } else if (event instanceof RowRead read) {
            return new RowRead(header, read.after());
        }
        return new CollectionTruncated(header);
    }

    /** About how many bytes of memory the change takes. */
    static long weight(DataChangeEvent event) {
        if (event instanceof RowCreated created) {
            return OVERHEAD + weight(created.after());
        } else if (event instanceof RowUpdated updated) {
            return OVERHEAD + weight(updated.after()) + weight(updated.before());
        } else if (event instanceof RowDeleted deleted) {
            return OVERHEAD + weight(deleted.before());
        }
        return OVERHEAD;
    }

    private static long weight(@Nullable Row row) {
        if (row == null) {
            return 0;
        }
        long weight = OVERHEAD;
        for (int i = 0; i < row.schema().columns().size(); i++) {
            Object value = row.get(i);
            weight += PLAIN_VALUE;
            if (value instanceof String text) {
                weight += 2L * text.length();
            } else if (value instanceof byte[] bytes) {
                weight += bytes.length;
            } else if (value instanceof BigDecimal) {
                weight += PLAIN_VALUE;
            }
        }
        return weight;
    }
}
