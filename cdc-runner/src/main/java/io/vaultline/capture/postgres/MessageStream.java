package io.vaultline.capture.postgres;

import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Takes the messages of PostgreSQL's own output plugin, pgoutput, to Kafka, transaction by transaction of the source. A
 * transaction's messages wait as they came until the last, which says its commit LSN; then they are read and written.
 */
final class MessageStream {
    /** From PostgreSQL's epoch, 2000-01-01, to that of Unix. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private final TransactionWriter writer;
    private final ReaderFactory factory;
    private final SpooledTransaction transaction;

    /** What was announced; also partitions, whose changes come as their root's. */
    private final Map<Integer, Relation> relations = new HashMap<>();

    private final Map<Integer, MessageReader> readers = new HashMap<>();

    MessageStream(TransactionWriter writer, ReaderFactory factory) {
        this.writer = writer;
        this.transaction = new SpooledTransaction(writer.memoryBytes());
        this.factory = factory;
    }

    /** Makes the reader of a relation's messages. */
    @FunctionalInterface
    interface ReaderFactory {
        /** @param shapes where the reader's shape goes, for its schema to be published */
        MessageReader of(Relation relation, Consumer<CollectionSchema> shapes);
    }

    /** Takes a block; the last of a transaction makes it be written. */
    void take(MessageBlock block) throws InterruptedException {
        transaction.add(block);
        if (block.endsTransaction()) {
            ended(block.last());
        }
    }

    private void ended(MessageCursor commit) throws InterruptedException {
        commit.nextMessage();
        commit.skip(2 + Long.BYTES);
        long end = commit.int64();
        long micros = commit.int64() + EPOCH_MICROS;
        Sink sink = new Sink(end, micros);
        writer.begin(end, transaction.messages(), transaction.isSpilled());
        transaction.drain(block -> read(block.first(), sink));
        sink.shared.end();
        writer.end(new CommitOrder(end, sink.ordinal), micros);
    }

    private void read(MessageCursor in, Sink sink) {
        while (in.nextMessage()) {
            char kind = (char) in.int8();
            switch (kind) {
                case 'B' -> sink.name = name(in);
                case 'R' -> announced(Relation.read(in));
                case 'I' -> reader(in).insert(in, sink);
                case 'U' -> reader(in).update(in, sink);
                case 'D' -> reader(in).delete(in, sink);
                case 'T' -> truncate(in, sink);
                case 'C', 'O', 'Y' -> in.skipMessage();
                default -> throw new IllegalStateException("a message of the unknown kind " + kind);
            }
            if (!in.atEnd()) {
                throw new IllegalStateException("a message of the kind " + kind + " of another length");
            }
        }
    }

    private static String name(MessageCursor begin) {
        begin.skip(2 * Long.BYTES);
        return Integer.toUnsignedString(begin.int32());
    }

    private void announced(Relation relation) {
        relations.put(relation.oid(), relation);
        readers.remove(relation.oid());
    }

    private MessageReader reader(MessageCursor in) {
        return reader(in.int32());
    }

    private MessageReader reader(int oid) {
        MessageReader known = readers.get(oid);
        return known == null ? made(oid) : known;
    }

    private MessageReader made(int oid) {
        Relation relation = Objects.requireNonNull(relations.get(oid), "a change of a relation that was not announced");
        MessageReader reader = factory.of(relation, shape -> writer.publish(List.of(shape)));
        readers.put(oid, reader);
        return reader;
    }

    private void truncate(MessageCursor in, Sink sink) {
        int count = in.int32();
        in.skip(1);
        for (int i = 0; i < count; i++) {
            reader(in.int32()).truncate(sink);
        }
    }

    /** Gives what waits up. */
    void close() {
        transaction.close();
    }

    /** Gives changes their place. */
    private final class Sink implements ChangeSink {
        private final long position;
        private final long micros;
        private final SharedKeys shared = new SharedKeys(this, SharedKeys.MEMORY);
        private String name = "";
        private long ordinal;

        Sink(long position, long micros) {
            this.position = position;
            this.micros = micros;
        }

        @Override
        public ChangeHeader next(CollectionSchema shape) {
            return new ChangeHeader(shape, new CommitOrder(position, ++ordinal), micros, name);
        }

        @Override
        public void skip() {
            ordinal++;
        }

        @Override
        public void add(DataChangeEvent event) {
            writer.write(event);
        }

        @Override
        public ChangeSink sharing() {
            return shared;
        }
    }
}
