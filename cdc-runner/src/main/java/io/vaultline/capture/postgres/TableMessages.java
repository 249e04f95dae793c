package io.vaultline.capture.postgres;

import io.vaultline.event.Row;

/** Makes changes of the messages of one relation. */
final class TableMessages implements MessageReader {
    private final TupleReader tuples;
    private final RowChanges changes;

    TableMessages(TupleReader tuples, RowChanges changes) {
        this.tuples = tuples;
        this.changes = changes;
    }

    @Override
    public void insert(MessageCursor in, ChangeSink sink) {
        expect(in, 'N');
        changes.created(tuples.row(in), sink);
    }

    /** The old row, where it comes, has the values of the new one that were not sent since they are the same. */
    @Override
    public void update(MessageCursor in, ChangeSink sink) {
        switch (in.int8()) {
            case 'K' -> updated(tuples.identity(in), in, sink);
            case 'O' -> updated(tuples.row(in), in, sink);
            case 'N' -> changes.updated(null, tuples.row(in), sink);
            default -> throw new IllegalStateException("an update without a new row");
        }
    }

    private void updated(Row old, MessageCursor in, ChangeSink sink) {
        expect(in, 'N');
        changes.updated(old, tuples.row(in).completedBy(old), sink);
    }

    @Override
    public void delete(MessageCursor in, ChangeSink sink) {
        byte kind = in.int8();
        changes.deleted(kind == 'O' ? tuples.row(in) : tuples.identity(in), sink);
    }

    @Override
    public void truncate(ChangeSink sink) {
        changes.truncated(sink);
    }

    private static void expect(MessageCursor in, char part) {
        if (in.int8() != part) {
            throw new IllegalStateException("a change without the part " + part);
        }
    }
}
