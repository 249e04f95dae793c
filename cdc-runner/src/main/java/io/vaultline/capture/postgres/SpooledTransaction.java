package io.vaultline.capture.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a source transaction whose end has not come yet, as they came: in memory up to a limit, the older ones
 * in a file beyond it.
 */
final class SpooledTransaction implements AutoCloseable {
    private final long memoryBytes;
    private final List<MessageBlock> recent = new ArrayList<>();
    private long weight;
    private long messages;
    private @Nullable SpillFile spill;

    SpooledTransaction(long memoryBytes) {
        this.memoryBytes = memoryBytes;
    }

    void add(MessageBlock block) {
        recent.add(block);
        weight += block.bytes().length;
        messages += block.messages();
        if (weight > memoryBytes && !block.endsTransaction()) {
            spill();
        }
    }

    /** How many messages wait: one for each change, and some more. */
    long messages() {
        return messages;
    }

    /** Whether it is too large for memory. */
    boolean isSpilled() {
        return spill != null;
    }

    /** Hands out all blocks in their order, and forgets them. */
    void drain(Consumer<MessageBlock> taker) {
        if (spill != null) {
            spill.read(bytes -> taker.accept(MessageBlock.of(bytes)));
        }
        recent.forEach(taker);
        clear();
    }

    private void clear() {
        recent.clear();
        weight = 0;
        messages = 0;
        if (spill != null) {
            spill.close();
            spill = null;
        }
    }

    private void spill() {
        SpillFile file = spill == null ? SpillFile.create() : spill;
        spill = file;
        recent.forEach(block -> file.add(block.bytes(), block.size()));
        recent.clear();
        weight = 0;
    }

    @Override
    public void close() {
        clear();
    }
}
