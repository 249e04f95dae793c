package io.vaultline.capture.postgres;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a source transaction whose end has not come yet, as they came: in memory up to a limit, the older ones
 * in a file beyond it. The file is encrypted with a key that only this object has: nothing in it is masked yet.
 */
final class SpooledTransaction implements AutoCloseable {
    private final long memoryBytes;
    private final List<MessageBlock> recent = new ArrayList<>();
    private long weight;
    private long messages;
    private long spilled;
    private @Nullable Path file;
    private @Nullable DataOutputStream spill;
    private SpillCipher cipher = new SpillCipher();

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
        return spilled > 0;
    }

    /** Hands out all blocks in their order, and forgets them. */
    void drain(Consumer<MessageBlock> taker) {
        drainFile(taker);
        recent.forEach(taker);
        clear();
    }

    private void clear() {
        recent.clear();
        weight = 0;
        messages = 0;
        try {
            removeFile();
        } catch (IOException e) {
            throw diskFailure(e);
        }
    }

    private void spill() {
        try {
            DataOutputStream out = spill == null ? open() : spill;
            for (MessageBlock block : recent) {
                out.writeInt(block.size());
                out.write(block.bytes(), 0, block.size());
                spilled++;
            }
        } catch (IOException e) {
            throw diskFailure(e);
        }
        recent.clear();
        weight = 0;
    }

    private DataOutputStream open() throws IOException {
        Path created = Files.createTempFile("vaultline-transaction-", ".spill");
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(cipher.writing(Files.newOutputStream(created)), 1 << 16));
        file = created;
        spill = out;
        return out;
    }

    private void drainFile(Consumer<MessageBlock> taker) {
        if (spill == null || file == null) {
            return;
        }
        try {
            spill.close();
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(cipher.reading(Files.newInputStream(file)), 1 << 16))) {
                for (long i = 0; i < spilled; i++) {
                    taker.accept(MessageBlock.of(in.readNBytes(in.readInt())));
                }
            }
        } catch (IOException e) {
            throw diskFailure(e);
        }
    }

    private void removeFile() throws IOException {
        spilled = 0;
        if (spill != null && file != null) {
            spill.close();
            Files.deleteIfExists(file);
            cipher = new SpillCipher();
        }
        spill = null;
        file = null;
    }

    private static PipelineException diskFailure(IOException e) {
        return new PipelineException(
                ErrorCode.LOCAL_RESOURCE,
                "A large transaction of the source could not be kept on disk: " + e.getMessage(),
                "directory " + System.getProperty("java.io.tmpdir"),
                "Free space there, or set -Djava.io.tmpdir to a disk that has more.",
                e);
    }

    @Override
    public void close() {
        clear();
    }
}
