package io.vaultline.service;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hears that the process is asked to end (SIGTERM, or SIGINT from Ctrl-C) while it is open. The first request is passed
 * on, so that the process can finish and choose its exit code; the second ends the process at once.
 *
 * <p>A shutdown hook would not do: the libraries' own hooks run beside it and close what the drain still needs.
 */
public final class StopSignal implements AutoCloseable {
    /** Exit code of a process that was asked twice: what a shell shows after SIGINT. */
    private static final int IMPATIENT = 130;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Runnable> restore = new ArrayList<>();

    /** Begins to listen. */
    public StopSignal() {
        listen("TERM");
        listen("INT");
    }

    /** Runs an action at the first request, or now if that has come; it must return soon and bear being run twice. */
    public void whenAsked(Runnable action) {
        actions.add(action);
        if (asked.getCount() == 0) {
            action.run();
        }
    }

    /** Returns after the first request. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** By reflection, since the compiler warns of each mention of {@code sun.misc.Signal}, Java's only API for this. */
    private void listen(String name) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            Object handler = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        requested();
                        return null;
                    });
            var handle = signalType.getMethod("handle", signalType, handlerType);
            Object before = handle.invoke(null, signal, handler);
            restore.add(() -> {
                try {
                    handle.invoke(null, signal, before);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java has no sun.misc.Signal", e);
        }
    }

    private void requested() {
        if (requests.incrementAndGet() == 1) {
            asked.countDown();
            actions.forEach(Runnable::run);
        } else {
            Runtime.getRuntime().halt(IMPATIENT);
        }
    }

    /** Gives the signals back to whom they belonged before. */
    @Override
    public void close() {
        restore.forEach(Runnable::run);
    }
}
