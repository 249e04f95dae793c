package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.Row;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** A table whose every change a trigger notes, transactions that change it, and the comparison of what was captured. */
final class Ledger {
    private static final int KEYS = 500;
    private static final String MOVE =
            "UPDATE ledger SET id = ?3, v = ?2 WHERE id = ?1" + " AND NOT EXISTS (SELECT FROM ledger WHERE id = ?3)";
    private static final int COPY_ROWS = 5_000;

    private final Random random;
    private final int keys;
    private long next;

    Ledger(long seed) {
        this(seed, KEYS);
    }

    /** @param keys how many rows are changed, from 0 on */
    Ledger(long seed, int keys) {
        this.random = new Random(seed);
        this.keys = keys;
    }

    /** What happened to one row: operation and the new value, 0 for a delete. */
    record Step(char operation, long value) {}

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ledger (id bigint PRIMARY KEY, v bigint NOT NULL, note text)");
            statement.execute("CREATE TABLE audit (seq bigserial PRIMARY KEY, op char, id bigint, v bigint)");
            statement.execute("""
                    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                      IF tg_op = 'UPDATE' AND old.id <> new.id THEN
                        INSERT INTO audit (op, id, v) VALUES ('D', old.id, 0), ('I', new.id, new.v);
                      ELSE
                        INSERT INTO audit (op, id, v)
                        VALUES (substr(tg_op, 1, 1), coalesce(new.id, old.id), coalesce(new.v, 0));
                      END IF;
                      RETURN NULL;
                    END $$""");
            statement.execute("CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON ledger"
                    + " FOR EACH ROW EXECUTE FUNCTION note()");
        }
    }

    /** One transaction of some changes; now and then one large COPY. Leaves time for capture on a small machine. */
    void change(Connection connection) throws SQLException, IOException {
        connection.setAutoCommit(false);
        if (random.nextInt(60) == 0) {
            copy(connection);
        } else {
            int changes = 1 + random.nextInt(40);
            for (int i = 0; i < changes; i++) {
                changeOne(connection, random.nextInt(keys));
            }
        }
        connection.commit();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_sleep(0.015)");
        }
        connection.commit();
    }

    private void changeOne(Connection connection, int id) throws SQLException {
        int kind = random.nextInt(20);
        String command = kind < 10
                ? "INSERT INTO ledger VALUES (?, ?, repeat('x', 50)) ON CONFLICT (id) DO UPDATE SET v = excluded.v"
                : kind < 16
                        ? "UPDATE ledger SET v = ?2 WHERE id = ?1"
                        : kind < 18 ? MOVE : "DELETE FROM ledger WHERE id = ?1";
        long value = ++next;
        String text = command.replace("?1", Integer.toString(id))
                .replace("?2", Long.toString(value))
                .replace("?3", Integer.toString(random.nextInt(keys)));
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            if (text.contains("?")) {
                statement.setLong(1, id);
                statement.setLong(2, value);
            }
            statement.executeUpdate();
        }
    }

    /** All rows of a COPY share one LSN. */
    private void copy(Connection connection) throws SQLException, IOException {
        next = copy(connection, next, COPY_ROWS);
    }

    /** The same with as many rows. @return the last value */
    static long copy(Connection connection, long before, int count) throws SQLException, IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            long value = before + i;
            rows.append(1_000_000 + value).append('\t').append(value).append("\tcopied\n");
        }
        new CopyManager(connection.unwrap(BaseConnection.class))
                .copyIn("COPY ledger FROM STDIN", new StringReader(rows.toString()));
        return before + count;
    }

    /** What the trigger noted, by row, in order. */
    static Map<Long, List<Step>> audit(Connection connection) throws SQLException {
        Map<Long, List<Step>> steps = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, op, v FROM audit ORDER BY seq")) {
            while (rows.next()) {
                steps.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>())
                        .add(new Step(rows.getString(2).charAt(0), rows.getLong(3)));
            }
        }
        return steps;
    }

    /** What was captured, by row, in the order of the topic. Fails if that isn't the commits' order. */
    static Map<Long, List<Step>> captured(List<DataChangeEvent> events) {
        Map<Long, List<Step>> steps = new HashMap<>();
        Map<Long, DataChangeEvent> last = new HashMap<>();
        for (DataChangeEvent event : events) {
            Row row = row(event);
            long id = number(row, "id");
            DataChangeEvent before = last.put(id, event);
            if (before != null) {
                assertThat(event.order()).isGreaterThan(before.order());
            }
            long value = event instanceof RowDeleted ? 0 : number(row, "v");
            steps.computeIfAbsent(id, added -> new ArrayList<>()).add(new Step(operation(event), value));
        }
        return steps;
    }

    /**
     * Fails unless each row's captured steps are the noted ones, or the state after some of them and then the rest.
     *
     * @return how many captured changes followed a snapshot
     */
    static int compare(Map<Long, List<Step>> audit, Map<Long, List<Step>> captured) {
        assertThat(audit.keySet().containsAll(captured.keySet()))
                .as("only noted rows")
                .isTrue();
        int followed = 0;
        for (Map.Entry<Long, List<Step>> noted : audit.entrySet()) {
            List<Step> expected = noted.getValue();
            List<Step> found = captured.getOrDefault(noted.getKey(), List.of());
            boolean read = !found.isEmpty() && found.get(0).operation() == 'R';
            List<Step> changes = read ? found.subList(1, found.size()) : found;
            int from = expected.size() - changes.size();
            assertThat(from).as("row %s", noted.getKey()).isNotNegative();
            assertThat(changes).as("row %s", noted.getKey()).isEqualTo(expected.subList(from, expected.size()));
            long stateBefore = from == 0 ? 0 : expected.get(from - 1).value();
            assertThat(read ? found.get(0).value() : 0)
                    .as("row %s", noted.getKey())
                    .isEqualTo(stateBefore);
            followed += changes.size();
        }
        return followed;
    }

    private static long number(Row row, String column) {
        return (Long) Objects.requireNonNull(row.get(column));
    }

    /** The row that a change is about. */
    static Row row(DataChangeEvent event) {
        if (event instanceof RowRead read) {
            return read.after();
        } else if (event instanceof RowCreated created) {
            return created.after();
        }
        return event instanceof RowUpdated updated ? updated.after() : ((RowDeleted) event).before();
    }

    /** R for a row that was read, I, U, D for changes. */
    static char operation(DataChangeEvent event) {
        if (event instanceof RowRead) {
            return 'R';
        } else if (event instanceof RowCreated) {
            return 'I';
        }
        return event instanceof RowUpdated ? 'U' : 'D';
    }
}
