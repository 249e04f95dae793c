package io.vaultline.infer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** The names of the fields of the objects at one path: names that people chose, or data, such as ids. */
final class KeyNames {
    /** So many names are not looked into any more. */
    private static final int FULL = 500;
    /** Fewer names are never data. */
    private static final int FEW = 20;
    /** A name that people chose is in more than one object of so many. */
    private static final int SHARE = 10;

    private final Map<String, Integer> uses = new HashMap<>();
    private int objects;

    void add(JsonNode object) {
        objects++;
        object.fieldNames().forEachRemaining(name -> {
            if (!isFull() || uses.containsKey(name)) {
                uses.merge(name, 1, Integer::sum);
            }
        });
    }

    boolean isFull() {
        return uses.size() >= FULL;
    }

    int distinct() {
        return uses.size();
    }

    boolean areData() {
        int most = uses.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return distinct() >= FEW && most <= Math.max(1, objects / SHARE);
    }
}
