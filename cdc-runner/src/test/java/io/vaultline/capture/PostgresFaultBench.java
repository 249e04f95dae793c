package io.vaultline.capture;

import io.vaultline.capture.output.CrashPoint.Place;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.DataChangeEvent;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** PostgreSQL, where a trigger notes each change in an audit table. */
final class PostgresFaultBench extends FaultBench {
    /** Values of the bench's own rows, far from the load's. */
    private static final long FIRST_VALUE = 1_000_000_000L;

    private final CaptureStack stack;
    private final String name;
    private final Load load;
    private long lastValue = FIRST_VALUE;
    private int large;

    private PostgresFaultBench(
            CaptureStack stack, String name, Path log, TcpProxy network, SourceConfig source, long seed) {
        super(stack, name, log, network, source);
        this.stack = stack;
        this.name = name;
        this.load = new Load(stack, name, seed);
    }

    /** Creates the database, and begins to write to it. */
    static FaultBench of(CaptureStack stack, String name, Path log, long seed) throws SQLException {
        SourceConfig.Postgres direct = stack.postgres(name);
        URI address = URI.create(direct.jdbcUrl().substring("jdbc:".length()));
        TcpProxy network = TcpProxy.to(address.getHost(), address.getPort());
        try (Connection connection = stack.connect(name)) {
            Ledger.create(connection);
        }
        SourceConfig source = through(direct, address.getPort(), network.port()).by(FaultRounds.engine(seed));
        return new PostgresFaultBench(stack, name, log, network, source, seed);
    }

    private static SourceConfig.Postgres through(SourceConfig.Postgres source, int from, int to) {
        return new SourceConfig.Postgres(
                        source.name(),
                        source.jdbcUrl().replace(":" + from + "/", ":" + to + "/"),
                        source.user(),
                        source.password(),
                        source.slot(),
                        source.publication(),
                        source.include(),
                        source.exclude(),
                        source.excludeColumns(),
                        source.heartbeat())
                .by(source.engine());
    }

    @Override
    ServerKind database() {
        return ServerKind.POSTGRES;
    }

    @Override
    Writing load() {
        return load.writing();
    }

    @Override
    long position() throws SQLException {
        try (Database database = stack.database(name)) {
            return database.lsn();
        }
    }

    /** By a COPY, whose rows share one position. */
    @Override
    void insertMany(int rows) throws Exception {
        try (Connection connection = stack.connect(name)) {
            connection.setAutoCommit(false);
            lastValue = Ledger.copy(connection, lastValue, rows);
            connection.commit();
        }
        large += rows >= LARGE ? 1 : 0;
    }

    @Override
    void withOpenTransaction(Step step) throws Exception {
        try (Connection connection = stack.connect(name);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            lastValue++;
            statement.execute("INSERT INTO ledger VALUES (" + lastValue + ", " + lastValue + ")");
            step.run();
            connection.commit();
        }
    }

    @Override
    Crash betweenParts() {
        return Crash.at(Place.AFTER_PART, 1, 0);
    }

    @Override
    void compare(List<DataChangeEvent> changes) throws SQLException {
        try (Connection connection = stack.connect(name)) {
            Ledger.compare(Ledger.audit(connection), Ledger.captured(changes));
        }
    }

    @Override
    int large() {
        return large;
    }
}
