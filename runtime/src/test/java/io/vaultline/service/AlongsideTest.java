package io.vaultline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.PipelineException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AlongsideTest {
    @Test
    void theWorkGoesOnBesideWhoeverBeganIt() {
        CountDownLatch meanwhile = new CountDownLatch(1);
        Alongside<String> work = Alongside.begin("work", () -> {
            await(meanwhile);
            return Thread.currentThread().getName();
        });
        meanwhile.countDown();
        assertThat(work.result()).isEqualTo("work");
    }

    @Test
    void itsFailureComesOutAsItIs() {
        IllegalStateException failure = new IllegalStateException("broken");
        Alongside<String> work = Alongside.begin("work", () -> {
            throw failure;
        });
        assertThatThrownBy(work::result).isSameAs(failure);
    }

    @Test
    void whoeverIsInterruptedWaitsNoLongerAndStaysInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Alongside<Boolean> work = Alongside.begin("work", () -> {
            await(never);
            return true;
        });
        Thread.currentThread().interrupt();
        assertThatThrownBy(work::result).isInstanceOf(PipelineException.class);
        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
        assertThat(work.result()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
