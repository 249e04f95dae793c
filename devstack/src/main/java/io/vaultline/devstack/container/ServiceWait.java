package io.vaultline.devstack.container;

import io.vaultline.devstack.process.LogFile;
import io.vaultline.devstack.report.DevstackException;
import io.vaultline.devstack.server.Service;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** Waits until the service in a container answers. */
final class ServiceWait extends AbstractWaitStrategy {
    private static final long POLL_NANOS = Duration.ofMillis(100).toNanos();

    private final GenericContainer<?> container;
    private final Service service;
    private final LogFile log;

    ServiceWait(GenericContainer<?> container, Service service, LogFile log) {
        this.container = container;
        this.service = service;
        this.log = log;
    }

    @Override
    protected void waitUntilReady() {
        long deadline = System.nanoTime() + startupTimeout.toNanos();
        String reason = "no answer yet";
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            if (!container.isRunning()) {
                throw failure("ended");
            }
            try {
                if (service.answers(log::contains)) {
                    return;
                }
            } catch (Exception e) { // whatever a client throws while its server starts
                reason = e.toString();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw failure("did not answer within " + startupTimeout.toSeconds() + " s (" + reason + ")");
    }

    private DevstackException failure(String what) {
        return new DevstackException(
                container.getDockerImageName() + " " + what + ": " + log.tail(),
                log.path().toString(),
                "read its log, the end of which is shown here");
    }
}
