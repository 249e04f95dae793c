package io.vaultline.clickhouse.server;

import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits while the server is down or busy: calls are repeated, with growing pauses, until they succeed, are refused, or
 * {@link #giveUp()} is called. The rows of a query are kept until all are there, so it is for small results.
 */
public final class PatientGateway implements ClickHouseGateway {
    private static final Logger LOG = LoggerFactory.getLogger(PatientGateway.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ClickHouseGateway server;
    private final CountDownLatch gaveUp = new CountDownLatch(1);
    private final AtomicReference<@Nullable PipelineException> trouble = new AtomicReference<>();

    /** @param server closed together with this */
    public PatientGateway(ClickHouseGateway server) {
        this.server = server;
    }

    /** What the server can't be used for at this moment; nothing if the last call succeeded. */
    public Optional<PipelineException> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /** From now on nothing is repeated; calls that wait fail with the last failure. */
    public void giveUp() {
        gaveUp.countDown();
    }

    @Override
    public void execute(String statement) {
        untilDone(() -> server.execute(statement));
    }

    @Override
    public void insert(InsertBlock block) {
        untilDone(() -> server.insert(block));
    }

    @Override
    public void query(String query, List<WireColumn> columns, Consumer<@Nullable Object[]> rows) {
        List<@Nullable Object[]> result = new ArrayList<>();
        untilDone(() -> {
            result.clear();
            server.query(query, columns, result::add);
        });
        result.forEach(rows);
    }

    private void untilDone(Runnable call) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                call.run();
                if (trouble.getAndSet(null) != null) {
                    LOG.info("ClickHouse takes data again");
                }
                return;
            } catch (PipelineException e) {
                if (!passes(e) || waitedInVain(pause)) {
                    throw e;
                }
                trouble.set(e);
                LOG.warn("Waiting for ClickHouse, nothing is skipped: {}", e.getMessage());
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static boolean passes(PipelineException e) {
        return e.code() == ErrorCode.CLICKHOUSE_UNREACHABLE || e.code() == ErrorCode.CLICKHOUSE_BUSY;
    }

    private boolean waitedInVain(Duration pause) {
        try {
            return gaveUp.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        giveUp();
        server.close();
    }
}
