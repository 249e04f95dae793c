package io.vaultline.service;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one process, which live and die together: started in order, stopped in the opposite order, and the
 * first that fails ends all. One thread starts, awaits and closes; any thread may call {@link #stop} and ask how it is.
 */
public final class ServiceGroup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceGroup.class);

    private final List<Service> services;
    private final Deque<Service> started = new ArrayDeque<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicReference<@Nullable PipelineException> failure = new AtomicReference<>();

    /** @param inStartOrder readers before writers, so that stopping in the opposite order leaves nothing unread */
    public ServiceGroup(List<Service> inStartOrder) {
        this.services = List.copyOf(inStartOrder);
    }

    /** Lets all services prepare their start. */
    public void prepare() {
        services.forEach(Service::prepare);
    }

    /**
     * Starts all services; stops early after {@link #stop}.
     *
     * @throws PipelineException if one can't begin; those that were started are then closed
     */
    public void start() {
        try {
            for (Service service : services) {
                if (end.getCount() == 0) {
                    return;
                }
                service.start(problem -> fail(service.name(), problem));
                started.push(service);
                LOG.info("{} started", service.name());
            }
        } catch (PipelineException e) {
            failure.compareAndSet(null, e);
            close();
            throw e;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Ends all because of something that no service has told of itself; from any thread. */
    public void fail(PipelineException problem) {
        fail("the process", problem);
    }

    /** Asks for the end; {@link #awaitEnd} returns. */
    public void stop() {
        end.countDown();
    }

    /** Returns when a service has failed or {@link #stop} was called. */
    public void awaitEnd() throws InterruptedException {
        end.await();
    }

    /** What went wrong first, if anything has. */
    public Optional<PipelineException> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** The names of all services, in the order of their start. */
    public List<String> names() {
        return services.stream().map(Service::name).toList();
    }

    /** The names of the services that do not do their work yet, or no more. */
    public List<String> notReady() {
        return services.stream()
                .filter(service -> !service.ready())
                .map(Service::name)
                .toList();
    }

    /** What the services that wait wait for, in words, by name. */
    public Map<String, String> waiting() {
        Map<String, String> waiting = new LinkedHashMap<>();
        services.forEach(service -> service.waiting().ifPresent(text -> waiting.put(service.name(), text)));
        return waiting;
    }

    /** What should be looked at, by the name of the service. */
    public Map<String, List<String>> alerts() {
        Map<String, List<String>> alerts = new LinkedHashMap<>();
        services.stream()
                .filter(service -> !service.alerts().isEmpty())
                .forEach(service -> alerts.put(service.name(), service.alerts()));
        return alerts;
    }

    /** Closes what was started, in the opposite order; a service that fails to close does not keep the others open. */
    @Override
    public void close() {
        stop();
        while (!started.isEmpty()) {
            Service service = started.pop();
            try {
                service.close();
                LOG.info("{} stopped", service.name());
            } catch (PipelineException e) {
                fail(service.name(), e);
            } catch (RuntimeException e) {
                fail(service.name(), unexpected(service, e));
            }
        }
    }

    private void fail(String who, PipelineException problem) {
        if (!failure.compareAndSet(null, problem)) {
            LOG.warn("{} failed as well: {}", who, problem.getMessage());
        }
        stop();
    }

    private static PipelineException unexpected(Service service, RuntimeException e) {
        return new PipelineException(
                ErrorCode.INTERNAL,
                "Stopping failed unexpectedly (" + e.getClass().getSimpleName() + ")",
                service.name(),
                "Start again: what was not finished is done anew. Please report this, with the output of --debug.",
                e);
    }
}
