package io.vaultline.vault;

import io.vaultline.vault.oracle.RandomHistory;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/**
 * Whatever happened at the source, in whatever order and however often it is delivered, and to however many mappers, the
 * vault holds what the reference does. The number of histories is {@code -Dvaultline.histories}.
 */
class VaultOracleTest {
    @Provide
    Arbitrary<List<List<Integer>>> histories() {
        return Arbitraries.integers()
                .between(0, Integer.MAX_VALUE)
                .withDistribution(RandomDistribution.uniform())
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .list()
                .ofMaxSize(20);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theVaultHoldsWhatTheReferenceHolds(@ForAll("histories") List<List<Integer>> commits, @ForAll Random random) {
        VaultOracle.check(RandomHistory.of(commits), random);
    }
}
