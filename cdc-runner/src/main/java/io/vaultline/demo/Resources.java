package io.vaultline.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What was opened, closed in the opposite order; one that fails to close does not keep the others open. */
final class Resources implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Adds something that was opened just now. */
    synchronized <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    /** @throws IllegalStateException if anything could not be closed, after everything else was */
    @Override
    public synchronized void close() {
        List<Exception> failures = new ArrayList<>();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) { // whatever it is: the others must be closed first
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            IllegalStateException failure = new IllegalStateException("not everything could be closed");
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
