package io.vaultline.service;

import io.vaultline.error.PipelineException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A role of the pipeline: it starts, works on threads of its own until it is closed, and says how it is. */
public interface Service extends AutoCloseable {
    /** Short name for logs, metrics and health, such as {@code load}. */
    String name();

    /**
     * Begins with what changes nothing and what {@link #start} needs, beside the caller, who has something to do before.
     * Says of no failure: that is for {@link #start}.
     */
    default void prepare() {}

    /**
     * Begins to work and returns.
     *
     * @param onFailure told once, from any thread, when the service can't go on; it has then stopped working
     * @throws PipelineException if it can't begin; nothing of it is left running
     */
    void start(Consumer<PipelineException> onFailure);

    /** Whether it does its work now: connected, and past whatever it does first. */
    boolean ready();

    /** What it waits for, and for how long already, in words, while that is away; for the status page. */
    default Optional<String> waiting() {
        return Optional.empty();
    }

    /** What should be looked at although it works, each a sentence; for the status page. */
    default List<String> alerts() {
        return List.of();
    }

    /** Finishes what is in its hands, as far as that takes seconds, and stops; harmless when called again. */
    @Override
    void close();
}
