package io.vaultline.capture.postgres;

/** Counts the changes of a relation that is published, but left out. */
final class UncapturedTable implements MessageReader {
    @Override
    public void insert(MessageCursor in, ChangeSink sink) {
        sink.skip();
    }

    @Override
    public void update(MessageCursor in, ChangeSink sink) {
        sink.skip();
    }

    @Override
    public void delete(MessageCursor in, ChangeSink sink) {
        sink.skip();
    }

    @Override
    public void truncate(ChangeSink sink) {
        sink.skip();
    }
}
