package io.vaultline.vault.oracle;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes histories of random numbers. Each number is the seed of one action, whatever stands before and behind it, so that
 * a history that shows a mistake can be shortened.
 */
public final class RandomHistory {
    private static final int EMPTYING_LANES = 5;

    private final SourceDatabase source = new SourceDatabase();
    private final RandomRows[] lanes;

    private RandomHistory(int lanes) {
        this.lanes = new RandomRows[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            this.lanes[lane] = new RandomRows(lane);
        }
    }

    /** One history: a list of commits, each a list of actions. */
    public static SourceDatabase of(List<List<Integer>> commits) {
        return sideBySide(List.of(commits));
    }

    /**
     * Several histories in the same tables, each with keys of its own. Their commits are one, and when one of the first empties
     * a collection or has it read again, it is so for all of them.
     */
    public static SourceDatabase sideBySide(List<List<List<Integer>>> histories) {
        RandomHistory history = new RandomHistory(histories.size());
        history.start();
        int commits = histories.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < commits; i++) {
            history.commit(i, histories);
        }
        return history.source;
    }

    /** What foreign keys refer to is there from the start. */
    private void start() {
        source.begin(0);
        for (RandomRows lane : lanes) {
            lane.firstRows().forEach(source::insert);
        }
    }

    private void commit(int nth, List<List<List<Integer>>> histories) {
        boolean begun = false;
        for (int lane = 0; lane < lanes.length; lane++) {
            List<List<Integer>> history = histories.get(lane);
            List<Integer> actions = nth < history.size() ? history.get(nth) : List.of();
            for (int action : actions) {
                if (!begun) {
                    source.begin(clockStep(new SplittableRandom(action)));
                    begun = true;
                }
                act(lane, new SplittableRandom(action));
            }
        }
    }

    /** Clocks move on, stand still and go back. */
    private static long clockStep(SplittableRandom random) {
        return random.nextInt(3) == 0 ? random.nextInt(5) - 3 : random.nextInt(2_000_000);
    }

    private void act(int lane, SplittableRandom random) {
        CollectionSchema schema = World.COLLECTIONS.get(random.nextInt(World.COLLECTIONS.size()));
        RandomRows rows = lanes[lane];
        List<Row> there = source.rows(schema).stream().filter(rows::isOwn).toList();
        Row row = rows.row(schema, there.isEmpty() ? null : there.get(random.nextInt(there.size())), random);
        Row old = there.stream().filter(row::sameKey).findFirst().orElse(null);
        int dice = random.nextInt(100);
        if (dice < 3 && lane < EMPTYING_LANES) {
            source.truncate(schema);
        } else if (dice < 5 && lane < EMPTYING_LANES) {
            readAgain(schema);
        } else if (old == null) {
            insert(row);
        } else if (dice < 20) {
            source.delete(old, random.nextBoolean());
        } else if (dice < 45) {
            move(rows, old, there, random);
        } else if (dice < 50) {
            swap(rows, old, there, random);
        } else {
            update(rows, old, random);
        }
    }

    private void readAgain(CollectionSchema schema) {
        source.begin(1);
        source.readAgain(schema);
        source.begin(1);
    }

    private void insert(Row row) {
        source.insert(row);
    }

    private void update(RandomRows rows, Row old, SplittableRandom random) {
        boolean keyless = old.schema().key().isEmpty();
        if (keyless && random.nextBoolean()) {
            source.insert(old);
            return;
        }
        Row row = keyless ? old : rows.changed(old, SourceDatabase.identity(old), random);
        source.update(row, unsaid(old, row, RandomRows.columns(row.schema()), random), keyless || random.nextBoolean());
    }

    private void move(RandomRows rows, Row old, List<Row> there, SplittableRandom random) {
        List<@Nullable Object> key = rows.freeKey(old.schema(), there, random);
        if (key == null || old.schema().equals(World.PURCHASES)) {
            update(rows, old, random);
            return;
        }
        Row row = rows.changed(old, key, random);
        if (row.sameKey(old)) {
            update(rows, old, random);
            return;
        }
        source.move(old, row, unsaid(old, row, RandomRows.longColumns(row.schema()), random), random.nextBoolean());
    }

    /** Two rows give each other their keys, by way of a third key. */
    private void swap(RandomRows rows, Row old, List<Row> there, SplittableRandom random) {
        Row other = there.get(random.nextInt(there.size()));
        List<@Nullable Object> free = rows.freeKey(old.schema(), there, random);
        if (free == null
                || other.sameKey(old)
                || old.schema().key().isEmpty()
                || old.schema().equals(World.PURCHASES)) {
            update(rows, old, random);
            return;
        }
        Set<String> unsaid = RandomRows.longColumns(old.schema());
        Row aside = rows.withKey(old, free);
        source.move(old, aside, unsaid, false);
        source.move(other, rows.withKey(other, SourceDatabase.identity(old)), unsaid, false);
        source.move(aside, rows.withKey(aside, SourceDatabase.identity(other)), unsaid, false);
    }

    /**
     * Some of those columns that the change leaves as they are. A document is sent whole, and so is a key of two parts, if
     * anything of it has changed.
     */
    private static Set<String> unsaid(Row old, Row row, Set<String> candidates, SplittableRandom random) {
        Set<String> unsaid = new HashSet<>();
        if (Set.of(World.STAYS, World.PURCHASES, World.MERGES).contains(row.schema()) && !old.equals(row)) {
            return unsaid;
        }
        for (String column : row.schema().columns().stream().map(c -> c.name()).toList()) {
            if (candidates.contains(column)
                    && random.nextBoolean()
                    && Objects.equals(old.get(column), row.get(column))) {
                unsaid.add(column);
            }
        }
        return unsaid;
    }
}
