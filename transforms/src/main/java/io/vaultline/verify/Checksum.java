package io.vaultline.verify;

import java.nio.ByteBuffer;

/** A sum of 128-bit hashes, modulo 2^128: the same in whatever order they are added. */
record Checksum(long high, long low) {
    /** The hash in 16 bytes as a number. */
    static Checksum of(byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new Checksum(bytes.getLong(), bytes.getLong());
    }

    Checksum plus(Checksum other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Checksum(high + other.high + carry, sum);
    }
}
