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
import java.util.function.Consumer;

/**
 * What of a source transaction does not fit into memory: records of bytes in a temporary file, each behind its length.
 * The file is encrypted with a key that only this object has, since what is in it may not be masked yet. Every failure of
 * the disk is a {@link PipelineException}.
 */
final class SpillFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final SpillCipher cipher;
    private final DataOutputStream out;
    private long records;

    private SpillFile(Path path, SpillCipher cipher) throws IOException {
        this.path = path;
        this.cipher = cipher;
        this.out = new DataOutputStream(
                new BufferedOutputStream(cipher.writing(Files.newOutputStream(path)), BUFFER_BYTES));
    }

    /** Creates an empty one. */
    static SpillFile create() {
        try {
            return new SpillFile(Files.createTempFile("vaultline-transaction-", ".spill"), new SpillCipher());
        } catch (IOException e) {
            throw diskFailure(e);
        }
    }

    /** Adds a record: the first bytes of an array. */
    void add(byte[] bytes, int length) {
        try {
            out.writeInt(length);
            out.write(bytes, 0, length);
            records++;
        } catch (IOException e) {
            throw diskFailure(e);
        }
    }

    /** How many records it has. */
    long records() {
        return records;
    }

    /** Hands out all records in their order. Nothing can be added afterwards. */
    void read(Consumer<byte[]> taker) {
        try {
            out.close();
            try (DataInputStream in = new DataInputStream(
                    new BufferedInputStream(cipher.reading(Files.newInputStream(path)), BUFFER_BYTES))) {
                for (long i = 0; i < records; i++) {
                    taker.accept(in.readNBytes(in.readInt()));
                }
            }
        } catch (IOException e) {
            throw diskFailure(e);
        }
    }

    /** Removes it. */
    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw diskFailure(e);
        }
    }

    private static PipelineException diskFailure(IOException e) {
        return new PipelineException(
                ErrorCode.LOCAL_RESOURCE,
                "A large transaction of the source could not be kept on disk: " + e.getMessage(),
                "directory " + System.getProperty("java.io.tmpdir"),
                "Free space there, or set -Djava.io.tmpdir to a disk that has more.",
                e);
    }
}
