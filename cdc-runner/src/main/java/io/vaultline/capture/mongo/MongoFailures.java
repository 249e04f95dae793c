package io.vaultline.capture.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoQueryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import io.vaultline.capture.source.SourceCapture;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Says what a failure of the database or of the connector means, and what to do about it. */
final class MongoFailures implements Function<Throwable, PipelineException> {
    private static final int DEPTH = 20;
    private static final int UNAUTHORIZED = 13;
    private static final int AUTHENTICATION_FAILED = 18;
    private static final int SNAPSHOT_TOO_OLD = 239;
    private static final int SNAPSHOT_UNAVAILABLE = 246;
    private static final int CHANGE_STREAM_FATAL = 280;
    private static final int INVALID_TOKEN = 260;
    private static final int HISTORY_LOST = 286;
    private static final int NOT_A_REPLICA_SET = 40573;

    /**
     * HostUnreachable, HostNotFound, NetworkTimeout, ShutdownInProgress, FailedToSatisfyReadPreference,
     * PrimarySteppedDown, SocketException, NotWritablePrimary, InterruptedAtShutdown, InterruptedDueToReplStateChange,
     * NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary.
     */
    private static final Set<Integer> PASSING = Set.of(6, 7, 89, 91, 133, 189, 9001, 10107, 11600, 11602, 13435, 13436);

    private final String where;

    /** @param where the source and its hosts, without credentials */
    MongoFailures(String where) {
        this.where = where;
    }

    @Override
    public PipelineException apply(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH; depth++, cause = cause.getCause()) {
            if (cause instanceof PipelineException known) {
                return known;
            } else if (cause instanceof MongoSecurityException) {
                return refusesLogin(cause);
            } else if (isPassing(cause)) {
                return unreachable(cause);
            } else if (cause instanceof MongoCommandException || cause instanceof MongoQueryException) {
                return ofCode((MongoException) cause);
            }
        }
        return failed(
                Objects.requireNonNullElse(
                        failure.getMessage(), failure.getClass().getSimpleName()),
                failure);
    }

    /** Whether it ends by itself: a server that is away, and an election, or a shutdown that brings one about. */
    static boolean isPassing(Throwable cause) {
        return cause instanceof MongoTimeoutException
                || cause instanceof MongoSocketException
                || cause instanceof MongoNotPrimaryException
                || cause instanceof MongoNodeIsRecoveringException
                || (cause instanceof MongoException server
                        && (PASSING.contains(server.getCode()) || server.hasErrorLabel("ResumableChangeStreamError")));
    }

    private PipelineException ofCode(MongoException failure) {
        String message = message(failure);
        return switch (failure.getCode()) {
            case AUTHENTICATION_FAILED -> refusesLogin(failure);
            case UNAUTHORIZED ->
                of(
                        ErrorCode.SOURCE_NOT_CAPTURABLE,
                        "The user lacks a privilege: " + message,
                        "Grant it the role read on the captured database, which includes change streams.",
                        failure);
            case SNAPSHOT_TOO_OLD, SNAPSHOT_UNAVAILABLE ->
                of(
                        ErrorCode.CAPTURE_FAILED,
                        "The server gave the snapshot up before the collection was read: " + message,
                        "db.adminCommand({setParameter: 1, minSnapshotHistoryWindowInSeconds: 3600}), then start again.",
                        failure);
            case HISTORY_LOST, CHANGE_STREAM_FATAL, INVALID_TOKEN -> positionLost(message, failure);
            case NOT_A_REPLICA_SET -> notAReplicaSet(where);
            default -> failed(message, failure);
        };
    }

    static PipelineException notAReplicaSet(String where) {
        return new PipelineException(
                ErrorCode.SOURCE_NOT_CAPTURABLE,
                "The server is no member of a replica set, so it keeps no log of changes",
                where,
                "Start mongod with --replSet rs0, then run rs.initiate() once; a set of one member is enough.");
    }

    static PipelineException sharded(String where) {
        return new PipelineException(
                ErrorCode.SOURCE_NOT_CAPTURABLE,
                "The server is a router of a sharded cluster, which is not supported",
                where,
                "Name a replica set that is no shard: a shard by itself does not see documents move between shards.");
    }

    static PipelineException tooOld(String where) {
        return new PipelineException(
                ErrorCode.SOURCE_NOT_CAPTURABLE,
                "The server is older than MongoDB 5.0",
                where,
                "Upgrade it; 5.0 and newer can be read as of one time.");
    }

    private PipelineException positionLost(String message, Throwable failure) {
        return of(
                ErrorCode.SOURCE_POSITION_LOST,
                "The server no longer has the changes that follow what was captured: " + message,
                SourceCapture.RECAPTURE + " Enlarge the oplog (replSetResizeOplog) so that it does not recur.",
                failure);
    }

    private PipelineException refusesLogin(Throwable failure) {
        return of(
                ErrorCode.SOURCE_REFUSES_LOGIN,
                "MongoDB refuses the login",
                "Correct user, password and authSource in the source's uri.",
                failure);
    }

    private PipelineException unreachable(Throwable failure) {
        return of(
                ErrorCode.SOURCE_UNREACHABLE,
                "MongoDB does not answer",
                "Check that the servers run, and that hosts and replicaSet in the source's uri are right.",
                failure);
    }

    private PipelineException failed(String message, Throwable failure) {
        return of(
                ErrorCode.CAPTURE_FAILED,
                "The capture failed: " + message,
                "Look at the log above this line for the first failure; a new start resumes where it stopped.",
                failure);
    }

    private PipelineException of(ErrorCode code, String what, String remedy, Throwable cause) {
        return new PipelineException(code, what, where, remedy, cause);
    }

    private static String message(MongoException failure) {
        return failure instanceof MongoCommandException command
                ? command.getErrorCodeName() + ": " + command.getErrorMessage()
                : String.valueOf(failure.getMessage());
    }
}
