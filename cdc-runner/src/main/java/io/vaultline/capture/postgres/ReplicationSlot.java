package io.vaultline.capture.postgres;

import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.output.SnapshotMark;
import io.vaultline.capture.source.SourceCapture;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/** The permanent slot that keeps the log until it is captured. */
final class ReplicationSlot {
    /** Where the connector goes on: all transactions that commit after this LSN, each of them whole. */
    private static final String LSN = "lsn";

    /** What the connector acknowledges to the slot. */
    private static final String COMMIT_LSN = "lsn_commit";

    private static final String TIME = "ts_usec";

    private static final String QUERY_CANCELED = "57014";

    private static final int FAILOVER_VERSION = 17;
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final String name;
    private final String where;

    ReplicationSlot(String name, String where) {
        this.name = name;
        this.where = where + ", slot " + name;
    }

    /**
     * @param confirmed the LSN up to which the server may have forgotten
     * @param holder process id of who streams from it; null if nobody does
     */
    record State(long confirmed, @Nullable Integer holder, boolean lost) {}

    /** How long the server can take to notice that a holder is gone: its {@code wal_sender_timeout}, and some seconds. */
    static Duration holdOn(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT setting::int8 FROM pg_settings WHERE name = 'wal_sender_timeout'");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Duration.ofMillis(row.getLong(1)).plus(MARGIN);
        }
    }

    /** The slot's state, if it exists. */
    Optional<State> read(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT confirmed_flush_lsn::text, active_pid, coalesce(wal_status, '')"
                        + " FROM pg_replication_slots WHERE slot_name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String confirmed = row.getString(1);
                return Optional.of(new State(
                        confirmed == null
                                ? 0
                                : LogSequenceNumber.valueOf(confirmed).asLong(),
                        row.getObject(2, Integer.class),
                        confirmed == null || row.getString(3).equals("lost")));
            }
        }
    }

    /** Drops the slot, if it exists. */
    void drop(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?")) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    /**
     * Creates the slot, once the transactions that run have ended. From PostgreSQL 17 on it is one that standbys can keep
     * too, so that a promoted one goes on with it.
     *
     * @return whether it is made; else a transaction took longer than the patience, and it is to be tried again
     */
    boolean create(Connection connection, Duration patience) throws SQLException {
        boolean failover = connection.getMetaData().getDatabaseMajorVersion() >= FAILOVER_VERSION;
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_create_logical_replication_slot(?, 'pgoutput'" + (failover ? ", failover => true)" : ")"))) {
            statement.setQueryTimeout(Math.toIntExact(patience.toSeconds()));
            statement.setString(1, name);
            statement.execute();
            return true;
        } catch (SQLException e) {
            if (QUERY_CANCELED.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Whether a slot must be created, because nothing was captured yet.
     *
     * @throws PipelineException with {@code SOURCE_POSITION_LOST} if the slot can't give what follows
     */
    boolean mustBeCreated(Optional<State> slot, CaptureState state) {
        boolean started = state.position().isPresent()
                || state.snapshots().values().stream().anyMatch(SnapshotMark::begun);
        if (slot.isEmpty()) {
            if (started) {
                throw lost("The replication slot is gone, and with it the changes since the last capture");
            }
            return true;
        }
        if (slot.get().lost()) {
            throw lost("The server has removed the log that the replication slot needs");
        }
        if (slot.get().confirmed() > oldestNeeded(state)) {
            throw lost("The replication slot is ahead of what was captured, at "
                    + LogSequenceNumber.valueOf(slot.get().confirmed()).asString() + " instead of "
                    + LogSequenceNumber.valueOf(oldestNeeded(state)).asString()
                    + ": somebody created it anew, or read from it");
        }
        return false;
    }

    /**
     * Returns if the server's log reaches what was captured. A standby that was promoted too early, or a backup, has
     * another history from there on, and would send what it commits now as if it were captured already.
     *
     * @throws PipelineException with {@code SOURCE_POSITION_LOST} if it does not
     */
    void requireReached(Connection connection, CaptureState state) throws SQLException {
        long captured =
                state.position().map(position -> commitLsn(position.offset())).orElse(0L);
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_current_wal_insert_lsn()::text");
                ResultSet row = statement.executeQuery()) {
            row.next();
            LogSequenceNumber end = LogSequenceNumber.valueOf(row.getString(1));
            if (Long.compareUnsigned(end.asLong(), captured) < 0) {
                throw lost("The server's log, at " + end.asString() + ", ends before what was captured, at "
                        + LogSequenceNumber.valueOf(captured).asString()
                        + ": it is a standby that was promoted too early, a backup, or another server");
            }
        }
    }

    private static long oldestNeeded(CaptureState state) {
        return state.position()
                .map(position -> commitLsn(position.offset()))
                .orElseGet(() -> state.snapshots().values().stream()
                        .filter(SnapshotMark::begun)
                        .mapToLong(SnapshotMark::oldest)
                        .min()
                        .orElse(Long.MAX_VALUE));
    }

    /**
     * The connector's offset behind a commit. It names the commit and nothing inside of it, so that the connector asks
     * the server for what follows that commit, and searches and skips nothing: its search tells rows apart by LSN,
     * which the rows of one COPY share.
     */
    static Map<String, Object> offset(long commitLsn, long micros) {
        return Map.of(LSN, commitLsn, COMMIT_LSN, commitLsn, TIME, micros);
    }

    /** The commit LSN in a connector's offset. */
    static long commitLsn(Map<String, ?> offset) {
        return number(offset, COMMIT_LSN);
    }

    /** The source's commit time in a connector's offset, microseconds since the epoch. */
    static long micros(Map<String, ?> offset) {
        return number(offset, TIME);
    }

    private static long number(Map<String, ?> offset, String name) {
        if (offset.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException("the connector's offset has no " + name);
    }

    private PipelineException lost(String what) {
        return new PipelineException(
                ErrorCode.SOURCE_POSITION_LOST,
                what,
                where,
                "Changes are missing, so capture does not go on. " + SourceCapture.RECAPTURE);
    }

    /** Who holds the slot, for a message. */
    PipelineException held(int holder) {
        return new PipelineException(
                ErrorCode.SOURCE_NOT_CAPTURABLE,
                "The replication slot is in use by another process, server process id " + holder,
                where,
                "If it is a forgotten one: SELECT pg_terminate_backend(" + holder
                        + "); else give this pipeline a slot of its own (slot).");
    }
}
