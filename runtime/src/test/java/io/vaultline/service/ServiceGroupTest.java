package io.vaultline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServiceGroupTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final WorkingService archive = new WorkingService(Role.ARCHIVE, "archive", log);
    private final WorkingService load = new WorkingService(Role.LOAD, "load", log);
    private final WorkingService capture = new WorkingService(Role.CAPTURE, "capture-pg", log);

    @Test
    void theWriterStartsLastAndStopsFirstSoThatReadersCanDrain() throws InterruptedException {
        try (ServiceGroup group = new ServiceGroup(List.of(archive, load, capture))) {
            group.start();
            assertThat(group.notReady()).isEmpty();
            group.stop();
            group.awaitEnd();
        }
        assertThat(log)
                .containsExactly(
                        "start archive",
                        "start load",
                        "start capture-pg",
                        "stop capture-pg",
                        "stop load",
                        "stop archive");
    }

    @Test
    void theFirstFailureEndsAllServices() throws InterruptedException {
        ServiceGroup group = new ServiceGroup(List.of(archive, load, capture));
        group.start();
        load.failNow();
        group.awaitEnd();
        group.close();

        assertThat(group.failure()).map(PipelineException::what).contains("load broke");
        assertThat(log).endsWith("stop capture-pg", "stop load", "stop archive");
        assertThat(group.notReady()).containsExactly("archive", "load", "capture-pg");
    }

    @Test
    void aServiceThatCanNotBeginStopsThoseBeforeItAndKeepsThoseAfterItFromStarting() {
        ServiceGroup group = new ServiceGroup(List.of(archive, new Unable("load"), capture));

        assertThatThrownBy(group::start).isInstanceOf(PipelineException.class);

        assertThat(log).containsExactly("start archive", "stop archive");
        assertThat(group.failure()).isPresent();
    }

    @Test
    void aServiceThatFailsToCloseDoesNotKeepTheOthersOpenAndIsTheFailure() {
        ServiceGroup group = new ServiceGroup(List.of(archive, new UnableToClose("load"), capture));
        group.start();
        group.close();

        assertThat(log).endsWith("stop capture-pg", "stop archive");
        assertThat(group.failure()).map(PipelineException::code).contains(ErrorCode.INTERNAL);
    }

    @Test
    void nothingMoreStartsAfterStopWasAskedFor() {
        ServiceGroup group = new ServiceGroup(List.of(archive, load));
        group.stop();
        group.start();

        assertThat(log).isEmpty();
    }

    private record Unable(String name) implements Service {
        @Override
        public void start(Consumer<PipelineException> onFailure) {
            throw new PipelineException(ErrorCode.CLICKHOUSE_UNREACHABLE, "no", name, "Start it.");
        }

        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public void close() {}
    }

    private record UnableToClose(String name) implements Service {
        @Override
        public void start(Consumer<PipelineException> onFailure) {}

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void close() {
            throw new IllegalStateException("stuck");
        }
    }
}
