package io.vaultline.clickhouse.vault;

import static io.vaultline.clickhouse.vault.Commits.ITEMS;
import static io.vaultline.clickhouse.vault.Commits.OWNERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.vault.Commits.State;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.DeclaredModel;
import io.vaultline.vault.VaultFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The views against what a source in memory knows of itself, whatever order the rows came in and however often. */
class VaultViewsIT {
    private static final List<WireColumn> CURRENT = List.of(
            VaultFixture.column("position", Simple.TEXT),
            VaultFixture.column("id", Simple.INT32),
            VaultFixture.column("owner", Simple.INT32),
            VaultFixture.column("valid_from", new Decimal(20, 3)),
            VaultFixture.column("select__x", Simple.JSON));
    private static final List<WireColumn> HISTORY = List.of(
            VaultFixture.column("position", Simple.TEXT),
            VaultFixture.column("id", Simple.INT32),
            VaultFixture.column("owner", Simple.INT32),
            VaultFixture.column("valid_from_src", new Decimal(20, 3)),
            VaultFixture.column("select__x", Simple.JSON),
            VaultFixture.column("valid_from", Simple.TIMESTAMP),
            VaultFixture.column("valid_to", Simple.TIMESTAMP));
    private static final int ATTRIBUTES = CURRENT.size();

    private static final DeclaredModel KEPT_APART = VaultFile.parse("""
            entities:
              - name: items
                satellites:
                  - {name: numbers, columns: [owner, valid_from]}
                  - {name: rest, except: [position]}
            """, "vault.yaml");

    @TempDir
    static Path directory;

    private static Devstack stack;
    private static ClickHouseGateway server;

    @BeforeAll
    static void start() {
        stack = Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.CLICKHOUSE))
                .start();
        server = VaultFixture.gateway(stack);
    }

    @AfterAll
    static void stop() {
        server.close();
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theCurrentViewIsTheSource(long seed) {
        Commits source = new Commits(seed, 60, true);
        VaultFixture vault = shuffled(source, seed, "current_" + seed);

        List<State> states = source.states();
        assertThat(rows(vault.view("items_current", CURRENT, "id")))
                .as("seed %d", seed)
                .isEqualTo(rows(states.get(states.size() - 1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void theStateAtEachCommitIsTheSourceThen(long seed) {
        Commits source = new Commits(seed, 40, true);
        VaultFixture vault = shuffled(source, seed, "state_" + seed);

        assertThat(vault.state(ITEMS, source.states().get(0).position() - 1)).isEmpty();
        for (int i = 0; i < source.states().size(); i += 3) {
            State state = source.states().get(i);
            assertThat(vault.state(ITEMS, state.position()))
                    .as("seed %d, commit %d", seed, i)
                    .containsExactlyInAnyOrderElementsOf(state.rows().values());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void theHistoryHasEachCommitsResultForItsTime(long seed) {
        Commits source = new Commits(seed, 60, false);
        VaultFixture vault = shuffled(source, seed, "history_" + seed);

        assertThat(rows(vault.view("items_history", HISTORY, "id, valid_from")))
                .as("seed %d", seed)
                .isEqualTo(periods(source));
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void periodsNeitherOverlapNorVanishWhenTheClockStandsOrGoesBack(long seed) {
        Commits source = new Commits(seed, 60, true);
        VaultFixture vault = shuffled(source, seed, "clock_" + seed);

        List<@Nullable Object[]> found = vault.view("items_history", HISTORY, "id, valid_from");
        List<List<@Nullable Object>> expected = periods(source);
        assertThat(found).as("seed %d", seed).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            @Nullable Object[] row = found.get(i);
            assertThat(Arrays.asList(row).subList(0, ATTRIBUTES))
                    .as("seed %d, row %d", seed, i)
                    .isEqualTo(expected.get(i).subList(0, ATTRIBUTES));
            Long end = (Long) row[ATTRIBUTES + 1];
            boolean open = expected.get(i).get(ATTRIBUTES + 1) == null;
            assertThat(end == null).isEqualTo(open);
            if (end != null) {
                assertThat(end).isGreaterThan((Long) row[ATTRIBUTES]);
                boolean sameKeyFollows = i + 1 < found.size() && row[1].equals(found.get(i + 1)[1]);
                if (sameKeyFollows) {
                    assertThat((Long) found.get(i + 1)[ATTRIBUTES]).isGreaterThanOrEqualTo(end);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void theLinkShowsTheRelationsThatHoldNow(long seed) {
        Commits source = new Commits(seed, 60, true);
        VaultFixture vault = shuffled(source, seed, "link_" + seed);

        List<List<@Nullable Object>> expected = new ArrayList<>();
        State last = source.states().get(source.states().size() - 1);
        new TreeMap<>(last.rows()).forEach((id, row) -> {
            if (row.get("owner") != null) {
                expected.add(Arrays.asList(id, row.get("owner")));
            }
        });
        List<WireColumn> columns =
                List.of(VaultFixture.column("items_id", Simple.INT32), VaultFixture.column("owners_id", Simple.INT32));
        assertThat(rows(vault.view("items_owners_current", columns, "items_id, owners_id")))
                .as("seed %d", seed)
                .isEqualTo(expected);
    }

    @Test
    void aRowThatMovesTwiceTakesAlongWhatIsNeverSentAgain() {
        VaultFixture vault = new VaultFixture(server, "moves", ITEMS, OWNERS);

        vault.load(List.of(
                new RowCreated(at(1, 1), item(1, "taken along"), null),
                new RowCreated(at(2, 1), item(2, "of another row"), null),
                new RowDeleted(at(3, 1), item(2, null).keyOnly(), null),
                new RowDeleted(at(4, 1), item(1, null).keyOnly(), null),
                new RowCreated(
                        at(4, 2), item(2, Unavailable.VALUE), item(1, null).keyOnly()),
                new RowDeleted(at(5, 1), item(2, null).keyOnly(), null),
                new RowCreated(
                        at(5, 2), item(3, Unavailable.VALUE), item(2, null).keyOnly()),
                new RowUpdated(at(6, 1), null, item(3, Unavailable.VALUE))));

        assertThat(vault.state(ITEMS, 6)).containsExactly(item(3, "taken along"));
        assertThat(vault.state(ITEMS, 4)).containsExactly(item(2, "taken along"));
        assertThat(vault.view("items_history", HISTORY, "valid_from"))
                .extracting(row -> row[1] + " " + row[0])
                .containsExactly(
                        "1 taken along", "2 of another row", "2 taken along", "3 taken along", "3 taken along");
    }

    private static Row item(int id, @Nullable Object text) {
        return new Row(ITEMS, text, id, null, null, null);
    }

    private static ChangeHeader at(long position, long ordinal) {
        return new ChangeHeader(ITEMS, new CommitOrder(position, ordinal), position, null);
    }

    @Test
    void anEmptyTableHasEmptyViews() {
        VaultFixture vault = new VaultFixture(server, "empty", ITEMS, OWNERS);

        assertThat(vault.view("items_current", CURRENT, "id")).isEmpty();
        assertThat(vault.view("items_history", HISTORY, "id")).isEmpty();
        assertThat(vault.state(ITEMS, Long.MAX_VALUE)).isEmpty();
    }

    /** Everything once in shuffled blocks, and half of it again; with odd seeds in several satellites. */
    private static VaultFixture shuffled(Commits source, long seed, String database) {
        DeclaredModel declared = seed % 2 == 0 ? DeclaredModel.none() : KEPT_APART;
        VaultFixture vault = new VaultFixture(server, database, declared, ITEMS, OWNERS);
        Random random = new Random(seed);
        List<DataChangeEvent> events = new ArrayList<>(Commits.owners());
        events.addAll(source.events());
        for (DataChangeEvent event : source.events()) {
            if (random.nextBoolean()) {
                events.add(event);
            }
        }
        Collections.shuffle(events, random);
        int third = events.size() / 3;
        vault.load(events.subList(0, third));
        vault.load(events.subList(third, 2 * third));
        vault.load(events.subList(2 * third, events.size()));
        return vault;
    }

    private static List<List<@Nullable Object>> rows(List<@Nullable Object[]> rows) {
        return rows.stream().map(Arrays::asList).toList();
    }

    private static List<List<@Nullable Object>> rows(State state) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        new TreeMap<>(state.rows()).values().forEach(row -> rows.add(values(row)));
        return rows;
    }

    private static List<@Nullable Object> values(Row row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < ATTRIBUTES; i++) {
            values.add(row.get(i));
        }
        return values;
    }

    /** What each commit that touched a row left of it, from that commit's time to that of the next that touched it. */
    private static List<List<@Nullable Object>> periods(Commits source) {
        Map<Integer, List<List<@Nullable Object>>> byKey = new TreeMap<>();
        Map<Integer, List<@Nullable Object>> open = new TreeMap<>();
        for (State state : source.states()) {
            for (int key : state.touched()) {
                List<@Nullable Object> before = open.remove(key);
                if (before != null) {
                    before.set(ATTRIBUTES + 1, state.micros());
                }
                Row row = state.rows().get(key);
                if (row != null) {
                    List<@Nullable Object> period = values(row);
                    period.addAll(Arrays.asList(state.micros(), null));
                    byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(period);
                    open.put(key, period);
                }
            }
        }
        return byKey.values().stream().flatMap(List::stream).toList();
    }
}
