package io.vaultline.clickhouse.server;

import com.clickhouse.client.api.ServerException;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a failure of the ClickHouse client means: come back later, or mend something first. */
final class ServerErrors {
    /** Server error codes that pass by themselves; ClickHouse's {@code ErrorCodes.cpp} names them. */
    private static final Set<Integer> PASSING = Set.of(
            3, // UNEXPECTED_END_OF_FILE: the request broke off
            159, // TIMEOUT_EXCEEDED
            164, // READONLY while the disk is full or a replica recovers
            198, // DNS_ERROR
            202, // TOO_MANY_SIMULTANEOUS_QUERIES
            203, // NO_FREE_CONNECTION
            209, // SOCKET_TIMEOUT
            210, // NETWORK_ERROR
            225, // NO_ZOOKEEPER
            236, // ABORTED
            241, // MEMORY_LIMIT_EXCEEDED
            242, // TABLE_IS_READ_ONLY
            243, // NOT_ENOUGH_SPACE
            252, // TOO_MANY_PARTS
            279, // ALL_CONNECTION_TRIES_FAILED
            285, // TOO_FEW_LIVE_REPLICAS
            286, // UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE
            319, // UNKNOWN_STATUS_OF_INSERT
            394, // QUERY_WAS_CANCELLED
            425, // SYSTEM_ERROR
            473, // DEADLOCK_AVOIDED
            999); // KEEPER_EXCEPTION

    private static final Set<Integer> LOGIN = Set.of(192, 193, 194, 516);
    private static final int ACCESS_DENIED = 497;
    private static final Pattern NAME = Pattern.compile("\\(([A-Z0-9_]+)\\) \\(version");
    private static final int MAX_TEXT = 400;

    private final String url;
    private final String user;

    ServerErrors(String url, String user) {
        this.url = url;
        this.user = user;
    }

    /**
     * @param what what was tried, such as "A batch could not be inserted"
     * @param where table or statement, beside the server's address
     * @param mayHoldData whether the server's own text may quote row data, and so must not be repeated
     */
    PipelineException of(Throwable failure, String what, String where, boolean mayHoldData) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ServerException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ServerException server) {
            return refused(server, what, where, mayHoldData);
        }
        String detail = cause.getClass().getSimpleName() + (mayHoldData ? "" : ": " + cause.getMessage());
        return new PipelineException(
                ErrorCode.CLICKHOUSE_UNREACHABLE,
                what + ": ClickHouse does not answer (" + detail + ")",
                where + ", clickhouse.url = " + url,
                "Check that the server runs, that this is the address of its HTTP port, and that no firewall is between.",
                mayHoldData ? null : failure);
    }

    private PipelineException refused(ServerException server, String what, String where, boolean mayHoldData) {
        int code = server.getCode();
        String place = where + ", clickhouse.url = " + url;
        if (LOGIN.contains(code)) {
            return new PipelineException(
                    ErrorCode.CLICKHOUSE_REFUSES,
                    "ClickHouse refuses the login of user " + user,
                    place,
                    "Correct clickhouse.user and clickhouse.password.");
        }
        String told = what + ": " + (mayHoldData ? name(server) : text(server));
        if (PASSING.contains(code)) {
            return new PipelineException(
                    ErrorCode.CLICKHOUSE_BUSY,
                    told,
                    place,
                    "Wait; if it lasts, look at the server's memory, disk and number of parts (system.parts).");
        }
        String remedy = code == ACCESS_DENIED
                ? "Grant user " + user + " the right that the message names."
                : "Look into the server's log for code " + code + " at this time.";
        return new PipelineException(ErrorCode.CLICKHOUSE_REFUSES, told, place, remedy);
    }

    private static String name(ServerException server) {
        Matcher name = NAME.matcher(String.valueOf(server.getMessage()));
        return "code " + server.getCode() + (name.find() ? " " + name.group(1) : "");
    }

    private static String text(ServerException server) {
        String text = String.valueOf(server.getMessage()).strip();
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }
}
