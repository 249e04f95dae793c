package io.vaultline.clickhouse.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.vault.model.VaultType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What the views of satellites that the model file asks for must show. */
final class SatelliteViews {
    private SatelliteViews() {}

    /** The elements of arrays, of now and of each version, and what is wrong with them, of orders that live at random. */
    static void showArrays(ClickHouseGateway server, long seed) {
        Orders source = new Orders(seed, 60);
        String database = "sets_" + seed;
        VaultFixture vault = new VaultFixture(server, database, Orders.DECLARED, Orders.SHAPE);
        Random random = new Random(seed);
        List<DataChangeEvent> events = new ArrayList<>(source.events());
        source.events().stream().filter(event -> random.nextBoolean()).forEach(events::add);
        Collections.shuffle(events, random);
        vault.load(events.subList(0, events.size() / 2));
        vault.load(events.subList(events.size() / 2, events.size()));

        List<WireColumn> columns = new ArrayList<>(List.of(
                VaultFixture.column("orders_id", Simple.INT32),
                new WireColumn("element_number", VaultType.Internal.ORDER, false),
                VaultFixture.column("product", Simple.INT64),
                VaultFixture.column("of_count", Simple.INT32)));
        check("orders_lines_current", columns, source.current(), vault, seed);
        columns.add(VaultFixture.column("valid_from", Simple.TIMESTAMP));
        columns.add(VaultFixture.column("valid_to", Simple.TIMESTAMP));
        check("orders_lines_history", columns, source.history(), vault, seed);
        List<WireColumn> wrong = new ArrayList<>(List.of(VaultFixture.column("orders_id", Simple.INT32)));
        for (String name : List.of("place", "path", "reason", "value")) {
            wrong.add(VaultFixture.column(name, Simple.TEXT));
        }
        check("orders_quarantine_current", wrong, source.quarantine(), vault, seed);
        server.execute("DROP DATABASE " + database);
    }

    private static void check(
            String view,
            List<WireColumn> columns,
            List<List<@Nullable Object>> expected,
            VaultFixture vault,
            long seed) {
        List<List<@Nullable Object>> found = new ArrayList<>();
        vault.view(view, columns, "orders_id").forEach(row -> found.add(Arrays.asList(row)));
        assertThat(Orders.sorted(found)).as("%s, seed %d", view, seed).isEqualTo(expected);
    }

    /** The status of each row that ever was. */
    static void showStatus(ClickHouseGateway server) {
        VaultFixture vault = new VaultFixture(server, "status", Orders.DECLARED, Orders.SHAPE);
        Row first = order(1);
        Row second = order(2);
        vault.load(List.of(
                new RowRead(at(1, 1), first),
                new RowRead(at(1, 1), first),
                new RowUpdated(at(2, 1), null, first),
                new RowDeleted(at(3, 1), first.keyOnly(), second.keyOnly()),
                new RowCreated(at(3, 2), second, first.keyOnly()),
                new RowCreated(at(4, 1), order(3), null),
                new RowDeleted(at(5, 1), order(3).keyOnly(), null),
                new RowCreated(at(5, 2), order(5), null),
                new RowDeleted(at(6, 1), order(5).keyOnly(), null),
                new CollectionTruncated(at(6, 2)),
                new CollectionTruncated(at(6, 3)),
                new RowCreated(at(7, 1), order(4), null)));

        List<WireColumn> columns = new ArrayList<>(List.of(
                VaultFixture.column("id", Simple.INT32),
                VaultFixture.column("status", Simple.TEXT),
                VaultFixture.column("row_exists", Simple.BOOLEAN),
                VaultFixture.column("valid_from", Simple.TIMESTAMP)));
        assertThat(vault.view("orders_status_current", columns, "id"))
                .extracting(Arrays::toString)
                .containsExactly(
                        "[1, moved, false, 3]",
                        "[2, truncated, false, 6]",
                        "[3, deleted, false, 5]",
                        "[4, created, true, 7]",
                        "[5, deleted, false, 6]");
        columns.add(VaultFixture.column("valid_to", Simple.TIMESTAMP));
        assertThat(vault.view("orders_status_history", columns, "id, valid_from"))
                .extracting(Arrays::toString)
                .containsExactly(
                        "[1, read, true, 1, 3]",
                        "[1, moved, false, 3, null]",
                        "[2, moved, true, 3, 6]",
                        "[2, truncated, false, 6, null]",
                        "[3, created, true, 4, 5]",
                        "[3, deleted, false, 5, null]",
                        "[4, created, true, 7, null]",
                        "[5, created, true, 5, 6]",
                        "[5, deleted, false, 6, null]");
    }

    private static Row order(int id) {
        return new Row(Orders.SHAPE, id, "[]", "note");
    }

    private static ChangeHeader at(long position, long ordinal) {
        return new ChangeHeader(Orders.SHAPE, new CommitOrder(position, ordinal), position, null);
    }
}
