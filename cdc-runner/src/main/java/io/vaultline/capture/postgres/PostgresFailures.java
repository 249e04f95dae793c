package io.vaultline.capture.postgres;

import io.vaultline.capture.source.SourceCapture;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Says what a failure of the database or of the connector means, and what to do about it. */
final class PostgresFailures implements Function<Throwable, PipelineException> {
    private static final int DEPTH = 20;

    /** Said by the driver, not by the server: a connection was used after it had been lost. */
    private static final String NOT_IN_STATE = PSQLState.OBJECT_NOT_IN_STATE.getState();

    private final String where;

    /** @param where the source and its address */
    PostgresFailures(String where) {
        this.where = where;
    }

    @Override
    public PipelineException apply(Throwable failure) {
        OversizedRow row = OversizedRow.in(failure);
        if (row != null) {
            return row.problem();
        }
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH; depth++, cause = cause.getCause()) {
            if (cause instanceof PipelineException known) {
                return known;
            } else if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql, sql.getSQLState());
            } else if (cause instanceof IOException) {
                return unreachable(cause);
            }
        }
        return lost(failure, failure.getMessage());
    }

    private PipelineException ofState(SQLException failure, String state) {
        String message = message(failure);
        return switch (state) {
            case "28P01", "28000" -> refusesLogin(message, failure);
            case "3D000" ->
                of(ErrorCode.SOURCE_REFUSES_LOGIN, message, "Correct the database's name in jdbc-url.", failure);
            case "42501" ->
                of(
                        ErrorCode.SOURCE_NOT_CAPTURABLE,
                        "The user lacks a privilege: " + message,
                        "GRANT SELECT on the captured tables to it, give it REPLICATION, and make it own the tables or the"
                                + " publication (ALTER PUBLICATION … OWNER TO …).",
                        failure);
            case "53400" ->
                of(
                        ErrorCode.SOURCE_NOT_CAPTURABLE,
                        "The server has no replication slot left: " + message,
                        "ALTER SYSTEM SET max_replication_slots = 20 (a snapshot needs one more for a moment), then restart"
                                + " PostgreSQL; or drop slots that nobody uses.",
                        failure);
            case "55006" ->
                of(
                        ErrorCode.SOURCE_NOT_CAPTURABLE,
                        "The replication slot is in use by another process: " + message,
                        "Stop that process, or give this pipeline a slot of its own (slot).",
                        failure);
            case "58P01" -> positionLost(message, failure);
            default -> byClass(failure, state, message);
        };
    }

    private PipelineException byClass(SQLException failure, String state, String message) {
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
            return unreachable(failure);
        }
        return saidByServer(failure) || !state.equals(NOT_IN_STATE) ? lost(failure, message) : unreachable(failure);
    }

    private static boolean saidByServer(SQLException failure) {
        return failure instanceof PSQLException server && server.getServerErrorMessage() != null;
    }

    private PipelineException lost(Throwable failure, @Nullable String message) {
        String text = Objects.requireNonNullElse(message, failure.getClass().getSimpleName());
        if (text.contains("has already been removed")
                || text.contains("can no longer get changes from replication slot")
                || text.contains("can no longer access replication slot")) {
            return positionLost(text, failure);
        }
        if (text.contains("publication \"") && text.contains("does not exist")) {
            return unpublished(text, failure);
        }
        return of(
                ErrorCode.CAPTURE_FAILED,
                "The capture failed: " + text,
                "Look at the log above this line for the first failure; a new start resumes where it stopped.",
                failure);
    }

    private PipelineException refusesLogin(String message, SQLException failure) {
        return of(
                ErrorCode.SOURCE_REFUSES_LOGIN,
                "PostgreSQL refuses the login: " + message,
                "Correct user and password of the source; see pg_hba.conf for who may connect from here, also for"
                        + " replication.",
                failure);
    }

    private PipelineException unreachable(Throwable failure) {
        return of(
                ErrorCode.SOURCE_UNREACHABLE,
                "PostgreSQL does not answer: " + message(failure),
                "Check that the server runs and that jdbc-url is right.",
                failure);
    }

    private PipelineException positionLost(String message, Throwable failure) {
        return of(
                ErrorCode.SOURCE_POSITION_LOST,
                "The server no longer has the changes that follow what was captured: " + message,
                SourceCapture.RECAPTURE + " Raise max_slot_wal_keep_size so that it does not recur.",
                failure);
    }

    private PipelineException unpublished(String message, Throwable failure) {
        return of(
                ErrorCode.SOURCE_POSITION_LOST,
                "The publication was missing while changes were made, so the server can't send what follows: "
                        + message,
                SourceCapture.RECAPTURE,
                failure);
    }

    private PipelineException of(ErrorCode code, String what, String remedy, Throwable cause) {
        return new PipelineException(code, what, where, remedy, cause);
    }

    /** The server's sentence without detail and context, which may hold the data of a row. */
    private static String message(Throwable failure) {
        if (failure instanceof PSQLException server && server.getServerErrorMessage() != null) {
            return String.valueOf(server.getServerErrorMessage().getMessage());
        }
        return String.valueOf(failure.getMessage());
    }
}
