package io.vaultline.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that a person probably meant. */
public final class NearestKey {
    private NearestKey() {}

    /** The known key with the fewest typing slips from the given one, if that is close enough to be meant. */
    public static Optional<String> of(String given, Collection<String> known) {
        int tolerance = Math.max(2, given.length() / 3);
        return known.stream()
                .min(Comparator.<String>comparingInt(key -> distance(given, key))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(key -> distance(given, key) <= tolerance);
    }

    /** Slips between two words: a letter more, less, other, or two neighbours swapped. */
    static int distance(String from, String to) {
        int[][] slips = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : cheapest(slips, from, to, i, j);
            }
        }
        return slips[from.length()][to.length()];
    }

    private static int cheapest(int[][] slips, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(slips[i - 1][j - 1] + (same ? 0 : 1), Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, slips[i - 2][j - 2] + 1) : best;
    }
}
