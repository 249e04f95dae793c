package io.vaultline.capture.mongo;

import io.vaultline.capture.output.CommitPace;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads a change stream until it is closed: one thread asks the server, the calling one makes events and writes them.
 * Few answers, of at most 16 MB, wait in between.
 */
final class ServerStreamRun implements AutoCloseable {
    private static final int QUEUED = 2;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final long END_MILLIS = 5_000;

    private final ServerStream server;
    private final ServerEvents events;
    private final MongoStream stream;
    private final CommitPace pace;
    private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(QUEUED);
    private final Thread reader = new Thread(this::read, "change-stream-reader");
    private volatile boolean closed;

    /** @param server is closed at the end of {@link #run} */
    ServerStreamRun(ServerStream server, ServerEvents events, MongoStream stream) {
        this.server = server;
        this.events = events;
        this.stream = stream;
        this.pace = stream.pace();
        reader.setDaemon(true);
    }

    private record Answer(
            Optional<RawBsonDocument> batch, @Nullable RuntimeException failure) {}

    /** Runs in the calling thread until {@link #close}. */
    void run(Runnable started) {
        reader.start();
        started.run();
        try {
            while (!closed) {
                Answer answer = poll(TICK);
                if (answer != null) {
                    take(answer);
                    stream.settle();
                }
            }
            reader.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            reader.interrupt();
        }
    }

    /** Takes what there is, up to what one Kafka transaction should hold. */
    private void take(Answer first) throws InterruptedException {
        pace.begin();
        Answer answer = first;
        while (answer != null) {
            if (answer.failure() != null) {
                throw answer.failure();
            }
            answer.batch().ifPresent(batch -> events.read(batch, stream::take));
            answer = closed || pace.isDue() ? null : poll(pace.rest());
        }
    }

    private @Nullable Answer poll(Duration wait) throws InterruptedException {
        return answers.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void read() {
        try (server) {
            while (!closed) {
                answers.put(new Answer(server.next(), null));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException failure) {
        try {
            answers.put(new Answer(Optional.empty(), failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
