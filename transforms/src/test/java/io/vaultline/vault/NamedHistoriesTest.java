package io.vaultline.vault;

import io.vaultline.event.Row;
import io.vaultline.vault.oracle.SourceDatabase;
import io.vaultline.vault.oracle.World;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Histories that once went wrong, or that other tools get wrong. After each the vault holds what the reference does. */
class NamedHistoriesTest {
    private static final Set<String> TEXT = Set.of("position");

    private final SourceDatabase source = new SourceDatabase();

    @AfterEach
    void theVaultHoldsWhatTheReferenceHolds() {
        VaultOracle.check(source, new Random(1));
    }

    @Test
    void aRowThatMovesTwiceTakesAlongWhatIsNeverSentAgain() {
        source.begin(1);
        source.insert(order(1, "taken along", null));
        source.begin(1);
        source.insert(order(2, "of another row", null));
        source.begin(1);
        source.delete(order(2, "of another row", null), false);
        source.begin(1);
        source.move(order(1, "taken along", null), order(2, "taken along", null), TEXT, false);
        source.begin(1);
        source.move(order(2, "taken along", null), order(3, "taken along", null), TEXT, false);
        source.begin(1);
        source.update(order(3, "taken along", null), TEXT, false);
    }

    @Test
    void relationsOfEqualRowsHoldAsLongAsOneOfThemIsThere() {
        Row twin = new Row(World.TWINS, "twin", 1);
        source.begin(1);
        source.insert(new Row(World.CUSTOMERS, 1, null));
        source.insert(twin);
        source.insert(twin);
        source.begin(1);
        source.delete(twin, true);
        source.begin(1);
        source.delete(twin, true);
    }

    @Test
    void aReferenceGoesAwayAndComesBackWithinOneMomentOfTheClock() {
        source.begin(0);
        source.insert(new Row(World.CUSTOMERS, 1, null));
        source.insert(new Row(World.CUSTOMERS, 2, null));
        source.insert(order(1, null, 1));
        source.begin(0);
        source.update(order(1, null, 2), Set.of(), false);
        source.update(order(1, null, 1), Set.of(), false);
        source.begin(-5);
        source.update(order(1, null, null), Set.of(), true);
        source.begin(0);
        source.update(order(1, null, 1), Set.of(), false);
    }

    @Test
    void aTableIsEmptiedAndFilledInOneCommit() {
        source.begin(1);
        source.insert(order(1, "before", null));
        source.truncate(World.ORDERS);
        source.insert(order(1, "after", null));
    }

    private static Row order(int id, @Nullable String position, @Nullable Integer customer) {
        return new Row(World.ORDERS, position, id, customer, null, null, null, null);
    }
}
