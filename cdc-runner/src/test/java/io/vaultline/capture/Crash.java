package io.vaultline.capture;

import io.vaultline.capture.output.CrashPoint;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Halts the process, without any shutdown, when a place was reached some times.
 *
 * @param times how often, from 1
 * @param pending changes that must be in the open Kafka transaction for a time to count
 */
record Crash(Place place, int times, long pending, AtomicInteger reached) implements CrashPoint {
    /** What a process that was halted exits with, like one that was killed. */
    static final int EXIT_CODE = 137;

    static Crash at(Place place, int times, long pending) {
        return new Crash(place, times, pending, new AtomicInteger());
    }

    @Override
    public void reached(Place at, long inTransaction) {
        if (at == place && inTransaction >= pending && reached.incrementAndGet() == times) {
            System.err.println("halting at " + this);
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return place + ":" + times + ":" + pending;
    }

    static Crash parse(String text) {
        String[] parts = text.split(":", -1);
        return at(Place.valueOf(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }
}
