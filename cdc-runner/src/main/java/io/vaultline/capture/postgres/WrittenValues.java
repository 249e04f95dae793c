package io.vaultline.capture.postgres;

import io.debezium.connector.postgresql.PostgresStreamingChangeEventSource.PgConnectionSupplier;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.connector.postgresql.connection.ReplicationMessage.Column;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import io.debezium.jdbc.JdbcConnection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The connector's replication connection, in a session with {@link SessionSettings}, with the text that PostgreSQL wrote
 * in the place of what the connector parses with loss: the offset of a {@code timetz}, hours of an {@code interval} beyond
 * 32 bits, the digits of a point.
 */
@SuppressWarnings("try") // the connector's own interfaces close with any exception
final class WrittenValues implements ReplicationConnection {
    private final ReplicationConnection connection;

    WrittenValues(ReplicationConnection connection) {
        this.connection = connection;
    }

    @Override
    public ReplicationStream startStreaming(WalPositionLocator position) throws SQLException, InterruptedException {
        SessionSettings.apply(((JdbcConnection) connection).connection());
        return new WrittenStream(connection.startStreaming(position));
    }

    @Override
    public ReplicationStream startStreaming(Lsn offset, WalPositionLocator position)
            throws SQLException, InterruptedException {
        SessionSettings.apply(((JdbcConnection) connection).connection());
        return new WrittenStream(connection.startStreaming(offset, position));
    }

    @Override
    public Optional<SlotCreationResult> createReplicationSlot() throws SQLException {
        return connection.createReplicationSlot();
    }

    @Override
    public void initConnection() throws SQLException, InterruptedException {
        connection.initConnection();
    }

    @Override
    public boolean isConnected() throws SQLException {
        return connection.isConnected();
    }

    @Override
    public void reconnect() throws SQLException {
        connection.reconnect();
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }

    private record WrittenStream(ReplicationStream stream) implements ReplicationStream {
        @Override
        public void read(ReplicationMessageProcessor processor) throws SQLException, InterruptedException {
            stream.read(message -> processor.process(written(message)));
        }

        @Override
        public boolean readPending(ReplicationMessageProcessor processor) throws SQLException, InterruptedException {
            return stream.readPending(message -> processor.process(written(message)));
        }

        @Override
        public void flushLsn(Lsn lsn) throws SQLException {
            stream.flushLsn(lsn);
        }

        @Override
        public Lsn lastReceivedLsn() {
            return stream.lastReceivedLsn();
        }

        @Override
        public Lsn startLsn() {
            return stream.startLsn();
        }

        @Override
        public void startKeepAlive(ExecutorService service) {
            stream.startKeepAlive(service);
        }

        @Override
        public void stopKeepAlive() {
            stream.stopKeepAlive();
        }

        @Override
        public void close() throws Exception {
            stream.close();
        }
    }

    private static ReplicationMessage written(ReplicationMessage message) {
        return switch (message.getOperation()) {
            case INSERT, UPDATE, DELETE -> message.isSkippedMessage() ? message : ofRow(message);
            default -> message;
        };
    }

    private static ReplicationMessage ofRow(ReplicationMessage message) {
        if (message instanceof ReplicationMessage.NoopMessage) {
            return message;
        }
        List<Column> old = written(message.getOldTupleList());
        List<Column> now = written(message.getNewTupleList());
        boolean same = old == message.getOldTupleList() && now == message.getNewTupleList();
        return same ? message : new WrittenMessage(message, old, now);
    }

    /** The same list, unless it holds a column of such a type. */
    private static @Nullable List<Column> written(@Nullable List<Column> columns) {
        List<Column> written = columns;
        for (int i = 0; columns != null && written != null && i < columns.size(); i++) {
            Column column = columns.get(i);
            if (!column.isToastedColumn() && isParsedWithLoss(column.getType())) {
                written = written == columns ? new ArrayList<>(columns) : written;
                written.set(i, new WrittenColumn(column));
            }
        }
        return written;
    }

    private static boolean isParsedWithLoss(PostgresType type) {
        return PgType.ofOid(type.getRootType().getOid()).parsedWithLoss();
    }

    private record WrittenMessage(
            ReplicationMessage message,
            @Nullable List<Column> old,
            @Nullable List<Column> now) implements ReplicationMessage {
        @Override
        public Operation getOperation() {
            return message.getOperation();
        }

        @Override
        public Instant getCommitTime() {
            return message.getCommitTime();
        }

        @Override
        public OptionalLong getTransactionId() {
            return message.getTransactionId();
        }

        @Override
        public String getTable() {
            return message.getTable();
        }

        @Override
        public @Nullable List<Column> getOldTupleList() {
            return old;
        }

        @Override
        public @Nullable List<Column> getNewTupleList() {
            return now;
        }

        @Override
        public boolean isLastEventForLsn() {
            return message.isLastEventForLsn();
        }

        @Override
        public boolean shouldSchemaBeSynchronized() {
            return message.shouldSchemaBeSynchronized();
        }
    }

    private record WrittenColumn(Column column) implements Column {
        /** What stands before the value in the connector's own words; no value of these types holds it. */
        private static final String END_OF_TYPE = ")=";

        @Override
        public String getName() {
            return column.getName();
        }

        @Override
        public PostgresType getType() {
            return column.getType();
        }

        @Override
        public ReplicationMessage.ColumnTypeMetadata getTypeMetadata() {
            return column.getTypeMetadata();
        }

        /** The connector shows the text in the column's description only; nulls have another description. */
        @Override
        public @Nullable Object getValue(PgConnectionSupplier supplier, boolean includeUnknown) {
            String said = column.toString();
            int end = said.lastIndexOf(END_OF_TYPE);
            return end < 0 ? column.getValue(supplier, includeUnknown) : said.substring(end + END_OF_TYPE.length());
        }

        @Override
        public boolean isOptional() {
            return column.isOptional();
        }
    }
}
