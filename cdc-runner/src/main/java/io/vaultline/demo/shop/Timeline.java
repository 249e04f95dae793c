package io.vaultline.demo.shop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Steps put at their times and into lanes. Steps of one lane happen one after the other in the order of their times, so
 * what depends on something goes into the same lane.
 */
public final class Timeline {
    /** A step and when it happens, as a fraction of the whole time. */
    public record Entry(double at, ShopStep step) {}

    private final List<List<Entry>> lanes;

    Timeline(int lanes) {
        this.lanes = IntStream.range(0, lanes)
                .<List<Entry>>mapToObj(lane -> new ArrayList<>())
                .toList();
    }

    /**
     * Adds a step.
     *
     * @param affinity steps of equal affinity share a lane
     * @param at from 0 to 1; anything later happens at the end
     */
    void add(long affinity, double at, ShopStep step) {
        lanes.get((int) Math.floorMod(affinity, (long) lanes.size())).add(new Entry(Math.min(at, 1), step));
    }

    /** The entries of each lane in their order; those of one time in the order in which they were added. */
    List<List<Entry>> lanes() {
        return lanes.stream()
                .map(lane -> lane.stream()
                        .sorted(Comparator.comparingDouble(Entry::at))
                        .toList())
                .toList();
    }
}
