package io.vaultline.clickhouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatientGatewayTest {
    private final Moody server = new Moody();
    private final PatientGateway patient = new PatientGateway(server);

    @Test
    void whatFailsForTheMomentIsTriedUntilItSucceeds() {
        server.failures.add(failure(ErrorCode.CLICKHOUSE_UNREACHABLE));
        server.failures.add(failure(ErrorCode.CLICKHOUSE_BUSY));

        patient.execute("SELECT 1");

        assertThat(server.calls).isEqualTo(3);
        assertThat(patient.trouble()).isEmpty();
    }

    @Test
    void whatIsRefusedIsNotTriedAgain() {
        PipelineException refusal = failure(ErrorCode.CLICKHOUSE_REFUSES);
        server.failures.add(refusal);

        assertThatThrownBy(() -> patient.execute("SELECT 1")).isSameAs(refusal);
        assertThat(server.calls).isEqualTo(1);
    }

    @Test
    void rowsOfAQueryThatBrokeOffAreNotHandedOverTwice() {
        server.failures.add(failure(ErrorCode.CLICKHOUSE_UNREACHABLE));
        List<@Nullable Object[]> rows = new ArrayList<>();

        patient.query("SELECT 1", List.of(), rows::add);

        assertThat(rows).hasSize(1);
    }

    @Test
    void itSaysWhatItWaitsForAndGivesUpWhenTold() {
        for (int i = 0; i < 1_000; i++) {
            server.failures.add(failure(ErrorCode.CLICKHOUSE_BUSY));
        }
        CompletableFuture<Void> call = CompletableFuture.runAsync(() -> patient.execute("SELECT 1"));
        await().until(() -> patient.trouble().isPresent());
        assertThat(call).isNotDone();

        patient.giveUp();

        await().until(call::isCompletedExceptionally);
        assertThatThrownBy(call::join).hasCauseInstanceOf(PipelineException.class);
    }

    private static PipelineException failure(ErrorCode code) {
        return new PipelineException(code, "what", "where", "remedy");
    }

    /** A server that fails as it is told, after a row if there are any, and then succeeds. */
    private static final class Moody implements ClickHouseGateway {
        private final Deque<PipelineException> failures = new ArrayDeque<>();
        private int calls;

        @Override
        public void execute(String statement) {
            calls++;
            if (!failures.isEmpty()) {
                throw failures.removeFirst();
            }
        }

        @Override
        public void insert(InsertBlock block) {
            execute("insert");
        }

        @Override
        public void query(String query, List<WireColumn> columns, Consumer<@Nullable Object[]> rows) {
            rows.accept(new Object[0]);
            execute(query);
        }

        @Override
        public void close() {
            failures.clear();
        }
    }
}
