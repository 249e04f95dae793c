package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class PostgresFailuresTest {
    private final PostgresFailures failures = new PostgresFailures("source pg");

    /** What the driver says when the connection was lost between two reads of the stream. */
    @Test
    void aConnectionUsedAfterItsLossIsAnOutage() {
        PSQLException failure =
                new PSQLException("Tried to write to an inactive copy operation", PSQLState.OBJECT_NOT_IN_STATE);

        assertThat(failures.apply(new IllegalStateException(failure)).code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "55000,can no longer get changes from replication slot \"s\",SOURCE_POSITION_LOST",
        "55000,logical decoding on standby requires wal_level,CAPTURE_FAILED",
        "57P01,terminating connection due to administrator command,SOURCE_UNREACHABLE",
        "42501,permission denied for table t,SOURCE_NOT_CAPTURABLE",
        "22003,value out of range,CAPTURE_FAILED"
    })
    void whatTheServerSaysCounts(String state, String message, ErrorCode expected) {
        ServerErrorMessage said = new ServerErrorMessage("SERROR\0C" + state + "\0M" + message + "\0");

        assertThat(failures.apply(new PSQLException(said)).code()).isEqualTo(expected);
    }
}
