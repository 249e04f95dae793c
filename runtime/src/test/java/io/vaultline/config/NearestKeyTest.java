package io.vaultline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearestKeyTest {
    private static final List<String> CLICKHOUSE_KEYS =
            List.of("url", "user", "password", "vault-database", "flush-interval", "flush-rows");

    private record Slip(String meant, String typed) {}

    @Property(tries = 300)
    void oneSlipInAKnownKeyIsUnderstood(@ForAll("slips") Slip slip) {
        assertThat(NearestKey.of(slip.typed(), CLICKHOUSE_KEYS)).contains(slip.meant());
    }

    @Property(tries = 300)
    void theDistanceIsZeroForEqualWordsOnlyAndTheSameBothWays(@ForAll String one, @ForAll String other) {
        assertThat(NearestKey.distance(one, other)).isEqualTo(NearestKey.distance(other, one));
        assertThat(NearestKey.distance(one, other) == 0).isEqualTo(one.equals(other));
    }

    @Test
    void aKeyThatNobodyCanHaveMeantGetsTheListOfKnownOnes(@TempDir Path directory) {
        String yaml = ConfigFiles.SMALLEST + "  compression: zstd\n";

        assertThat(new ConfigFiles(directory, Map.of()).failure(yaml).what())
                .contains("lake.compression: unknown key; known here: catalog, catalog-properties, commit-interval");
    }

    @Provide
    Arbitrary<Slip> slips() {
        return Combinators.combine(
                        Arbitraries.of(CLICKHOUSE_KEYS.subList(2, 6)),
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.chars().range('a', 'z'),
                        Arbitraries.integers().between(0, 3))
                .as((key, place, letter, kind) -> new Slip(key, slip(key, place % (key.length() - 1), letter, kind)));
    }

    private static String slip(String key, int at, char letter, int kind) {
        String before = key.substring(0, at);
        String after = key.substring(at + 1);
        return switch (kind) {
            case 0 -> before + after;
            case 1 -> before + letter + after;
            case 2 -> before + letter + key.substring(at);
            default -> before + key.charAt(at + 1) + key.charAt(at) + key.substring(at + 2);
        };
    }
}
