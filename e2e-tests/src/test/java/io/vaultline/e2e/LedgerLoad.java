package io.vaultline.e2e;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Changes a table in random transactions until told to stop; a trigger of the database writes down each change. */
final class LedgerLoad {
    private static final int KEYS = 2_000;

    /** Leaves the pipeline and the servers their share of a small machine. */
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private final Stack stack;
    private final Random random;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<Void> work;

    private LedgerLoad(Stack stack, long seed) {
        this.stack = stack;
        this.random = new Random(seed);
        this.work = CompletableFuture.runAsync(this::work);
    }

    static void createTables(Stack stack) throws SQLException {
        try (Connection connection = stack.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table ledger(id bigint primary key, v bigint not null, note text)");
            statement.execute("create table audit(seq bigserial primary key, op char, id bigint)");
            statement.execute("""
                    create function write_down() returns trigger language plpgsql as $$ begin
                      insert into audit(op, id) values (left(tg_op, 1), coalesce(new.id, old.id)); return null;
                    end $$""");
            statement.execute("""
                    create trigger write_down after insert or update or delete on ledger
                    for each row execute function write_down()""");
        }
    }

    static LedgerLoad start(Stack stack, long seed) {
        return new LedgerLoad(stack, seed);
    }

    /** Ends the load. @return how many changes the database has committed */
    long stop() throws InterruptedException, ExecutionException, SQLException {
        stopped.set(true);
        work.get();
        try (Connection connection = stack.connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from audit")) {
            count.next();
            return count.getLong(1);
        }
    }

    private void work() {
        try (Connection connection = stack.connect()) {
            connection.setAutoCommit(false);
            for (int transaction = 1; !stopped.get(); transaction++) {
                for (int i = random.nextInt(40); i >= 0; i--) {
                    change(connection);
                }
                if (transaction % 20 == 0) {
                    manyAtOnce(connection, transaction);
                }
                connection.commit();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the load could not go on", e);
        }
    }

    private void change(Connection connection) throws SQLException {
        double kind = random.nextDouble();
        String sql = kind < 0.5
                ? "insert into ledger values (?, ?, 'x') on conflict (id) do update set v = excluded.v"
                : kind < 0.85 ? "update ledger set v = v + 1 where id = ?" : "delete from ledger where id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, random.nextInt(KEYS));
            if (kind < 0.5) {
                statement.setLong(2, random.nextInt());
            }
            statement.executeUpdate();
        }
    }

    /** Rows of one statement share a place in the log in some readers' eyes. */
    private static void manyAtOnce(Connection connection, int transaction) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into ledger select 1000000 + ? * 1000 + n, n, 'many' from generate_series(1, 300) n")) {
            statement.setLong(1, transaction);
            statement.executeUpdate();
        }
    }
}
