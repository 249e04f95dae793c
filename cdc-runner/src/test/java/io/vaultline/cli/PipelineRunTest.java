package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.service.Service;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PipelineRunTest {
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @Test
    void theRunEndsWithTheFirstFailureAndLeavesNoServiceOpen() {
        PipelineException failure = new PipelineException(ErrorCode.LAKE_REFUSES, "no bucket", "lake", "Create it.");
        PipelineRun run = new PipelineRun(
                "dev",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(
                        new Small("archive", this, onFailure -> onFailure.accept(failure)),
                        new Small("load", this, x -> {})));

        assertThatThrownBy(run::untilStopped).isSameAs(failure);
        assertThat(closed).contains("archive").doesNotHaveDuplicates();
    }

    @Test
    void aThreadThatDiesOfAnErrorEndsTheRun() {
        Service dying = new Small(
                "load",
                this,
                onFailure -> new Thread(
                                () -> {
                                    throw new LinkageError("no such class");
                                },
                                "worker")
                        .start());
        PipelineRun run =
                new PipelineRun("dev", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(dying));

        assertThatThrownBy(run::untilStopped)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("LinkageError")
                .hasMessageContaining("thread worker");
    }

    private record Small(String name, PipelineRunTest test, Consumer<Consumer<PipelineException>> work)
            implements Service {
        @Override
        public void start(Consumer<PipelineException> onFailure) {
            work.accept(onFailure);
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void close() {
            test.closed.add(name);
        }
    }
}
