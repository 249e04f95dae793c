package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.oracle.RandomHistory;
import io.vaultline.vault.oracle.ReferenceVault;
import io.vaultline.vault.oracle.Same;
import io.vaultline.vault.oracle.SourceDatabase;
import io.vaultline.vault.oracle.World;
import io.vaultline.vault.oracle.World.Link;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The views show what the reference says, whatever happened at the source, in whatever order the rows came in and however
 * often. The number of histories is {@code -Dvaultline.histories}.
 */
class VaultViewsIT {
    private static final int HISTORIES = Integer.getInteger("vaultline.histories", 300);
    /** More in one vault make each query slower, but fewer queries. */
    private static final int SIDE_BY_SIDE = Math.min(HISTORIES, 1_000);

    private static final int COMMITS = 10;

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

    static LongStream seeds() {
        return LongStream.rangeClosed(1, (HISTORIES + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE);
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53})
    void arraysShowTheirElementsOfNowAndOfEachVersion(long seed) {
        SatelliteViews.showArrays(server, seed);
    }

    @Test
    void theStatusOfEachRowThatEverWasIsTold() {
        SatelliteViews.showStatus(server);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theViewsShowWhatTheReferenceSays(long seed) {
        Random random = new Random(seed);
        SourceDatabase source = RandomHistory.sideBySide(histories(random));
        String database = "histories_" + seed;
        VaultFixture vault =
                new VaultFixture(server, database, World.FILE, World.COLLECTIONS.toArray(CollectionSchema[]::new));
        check(vault, new ReferenceVault(new SourceDatabase()), List.of(0L), "before the first change");

        load(vault, source.events(), random);
        check(vault, new ReferenceVault(source), source.positions(), "seed " + seed);
        server.execute("DROP DATABASE " + database);
    }

    private static void check(VaultFixture vault, ReferenceVault reference, List<Long> positions, String when) {
        long last = positions.get(positions.size() - 1);
        for (CollectionSchema schema : World.COLLECTIONS) {
            for (long position : positions) {
                String what = when + ": " + schema + " after " + position;
                Same.rows(what, values(vault.state(schema, position)), reference.rows(schema, position));
            }
            String name = schema.id().name();
            Same.rows(
                    when + ": " + name + "_current",
                    view(vault, name + "_current", columns(vault, schema, false)),
                    reference.rows(schema, last));
            Same.rows(
                    when + ": " + name + "_history",
                    view(vault, name + "_history", columns(vault, schema, true)),
                    reference.history(schema));
        }
        for (CollectionSchema schema : World.TRACKED) {
            checkStatus(vault, schema, reference, when);
        }
        for (CollectionSchema schema : World.SAME_AS) {
            List<WireColumn> columns = keys("duplicate", key(schema));
            columns.addAll(keys("master", key(schema)));
            String name = schema.id().name() + "_same_as";
            Same.rows(when + ": " + name, view(vault, name, columns), reference.duplicates(schema));
        }
        for (Link link : World.LINKS) {
            Same.rows(
                    when + ": " + link.name() + "_current",
                    view(vault, link.name() + "_current", columns(link)),
                    reference.relations(link, last));
            List<WireColumn> periods = columns(link);
            periods.add(VaultFixture.column("valid_from", Simple.TIMESTAMP));
            periods.add(VaultFixture.column("valid_to", Simple.TIMESTAMP));
            Same.rows(
                    when + ": " + link.name() + "_history",
                    view(vault, link.name() + "_history", periods),
                    reference.history(link));
        }
    }

    private static void checkStatus(
            VaultFixture vault, CollectionSchema schema, ReferenceVault reference, String when) {
        List<WireColumn> columns = new ArrayList<>();
        key(schema).forEach(column -> columns.add(VaultFixture.column(column.name(), column.type())));
        columns.add(VaultFixture.column("status", Simple.TEXT));
        columns.add(VaultFixture.column("row_exists", Simple.BOOLEAN));
        columns.add(VaultFixture.column("valid_from", Simple.TIMESTAMP));
        columns.add(VaultFixture.column("valid_to", Simple.TIMESTAMP));
        String view = schema.id().name() + "_status_";
        List<List<@Nullable Object>> expected = reference.statuses(schema);
        Same.rows(when + ": " + view + "history", view(vault, view + "history", columns), expected);
        int last = columns.size() - 1;
        Same.rows(
                when + ": " + view + "current",
                view(vault, view + "current", columns.subList(0, last)),
                expected.stream()
                        .filter(period -> period.get(last) == null)
                        .map(period -> period.subList(0, last))
                        .toList());
    }

    private static List<List<List<Integer>>> histories(Random random) {
        List<List<List<Integer>>> histories = new ArrayList<>();
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            List<List<Integer>> commits = new ArrayList<>();
            for (int commit = random.nextInt(COMMITS / 2); commit < COMMITS; commit++) {
                commits.add(random.ints(1 + random.nextInt(6), 0, Integer.MAX_VALUE)
                        .boxed()
                        .toList());
            }
            histories.add(commits);
        }
        return histories;
    }

    /** Each change once or twice, in shuffled blocks. */
    private static void load(VaultFixture vault, List<DataChangeEvent> changes, Random random) {
        List<DataChangeEvent> events = new ArrayList<>(changes);
        changes.stream().filter(event -> random.nextBoolean()).forEach(events::add);
        Collections.shuffle(events, random);
        int third = events.size() / 3;
        vault.load(events.subList(0, third));
        vault.load(events.subList(third, 2 * third));
        vault.load(events.subList(2 * third, events.size()));
    }

    private static List<List<@Nullable Object>> values(List<Row> rows) {
        return rows.stream().map(SourceDatabase::values).toList();
    }

    private static List<List<@Nullable Object>> view(VaultFixture vault, String view, List<WireColumn> columns) {
        return vault.view(view, columns, "1").stream().map(Arrays::asList).toList();
    }

    /** The columns of an entity's view of now, or of its history. */
    private static List<WireColumn> columns(VaultFixture vault, CollectionSchema schema, boolean history) {
        VaultTables tables = vault.plan().vault().tables();
        List<WireColumn> columns = new ArrayList<>();
        for (Column column : schema.columns()) {
            String name = tables.shownName(tables.model().entityOf(schema.id()).orElseThrow(), column.name());
            boolean taken = history && name.equals("valid_from");
            columns.add(VaultFixture.column(taken ? name + "_src" : name, column.type()));
        }
        if (history) {
            columns.add(VaultFixture.column("valid_from", Simple.TIMESTAMP));
            columns.add(VaultFixture.column("valid_to", Simple.TIMESTAMP));
        }
        return columns;
    }

    private static List<WireColumn> columns(Link link) {
        List<WireColumn> columns = keys(link.from().id().name(), key(link.from()));
        List<Column> target = World.COLLECTIONS.stream()
                .filter(schema -> schema.id().name().equals(link.hub()))
                .findFirst()
                .map(VaultViewsIT::key)
                .orElseGet(() -> World.KEY_HUBS.getOrDefault(link.hub(), List.of()));
        columns.addAll(keys(link.role(), target));
        return columns;
    }

    private static List<Column> key(CollectionSchema schema) {
        return Arrays.stream(schema.keyIndexes())
                .mapToObj(schema.columns()::get)
                .toList();
    }

    private static List<WireColumn> keys(String role, List<Column> key) {
        List<WireColumn> keys = new ArrayList<>();
        key.forEach(column -> keys.add(VaultFixture.column(role + "_" + column.name(), column.type())));
        return keys;
    }
}
