package io.vaultline.capture.postgres;

/** Reads the messages of one relation, each behind the relation's id. */
interface MessageReader {
    void insert(MessageCursor in, ChangeSink sink);

    void update(MessageCursor in, ChangeSink sink);

    void delete(MessageCursor in, ChangeSink sink);

    void truncate(ChangeSink sink);
}
