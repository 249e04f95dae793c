package io.vaultline.capture.postgres;

/** Reads the messages of a relation whose rows may share a key until the commit. */
final class DeferrableTable implements MessageReader {
    private final MessageReader messages;

    DeferrableTable(MessageReader messages) {
        this.messages = messages;
    }

    @Override
    public void insert(MessageCursor in, ChangeSink sink) {
        messages.insert(in, sink.sharing());
    }

    @Override
    public void update(MessageCursor in, ChangeSink sink) {
        messages.update(in, sink.sharing());
    }

    @Override
    public void delete(MessageCursor in, ChangeSink sink) {
        messages.delete(in, sink.sharing());
    }

    @Override
    public void truncate(ChangeSink sink) {
        messages.truncate(sink.sharing());
    }
}
