package io.vaultline.vault.hash;

import io.vaultline.event.DataType;
import io.vaultline.event.Unavailable;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the rules by which hash keys and hash differences are made: a hash over parts, each of which is its length
 * in four bytes and its canonical bytes. {@code docs/hash-contract.md} says them byte for byte.
 *
 * <p>An instance holds a digest and a buffer that are used again for each hash: keep one for each thread.
 */
public final class HashContract {
    public static final int VERSION = 1;
    /** Stands in place of a length for null. */
    public static final int NULL_LENGTH = 0xFFFFFFFF;
    /** Stands in place of a length for a value that the source did not send. */
    public static final int UNAVAILABLE_LENGTH = 0xFFFFFFFE;

    private final ByteBuilder parts = new ByteBuilder();
    private final MessageDigest function;
    private final byte[] digest;
    private final int hashBytes;

    /** With the algorithm that a vault has unless told otherwise. */
    public HashContract() {
        this(HashAlgorithm.SHA_256_128);
    }

    public HashContract(HashAlgorithm algorithm) {
        try {
            function = MessageDigest.getInstance(algorithm.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm.digest(), e);
        }
        digest = new byte[function.getDigestLength()];
        hashBytes = algorithm.bytes();
    }

    /**
     * The hash key of a business key.
     *
     * @param source name of the source in the configuration
     * @param values of the business key in key order
     */
    public byte[] hashKey(String source, List<DataType> types, @Nullable Object... values) {
        start().text(source);
        for (int i = 0; i < values.length; i++) {
            value(types.get(i), values[i]);
        }
        return hash();
    }

    /** The hash key that stands for "no relation" in an effectivity satellite, and for a ghost: all zeros. */
    public static byte[] zeroKey(HashAlgorithm algorithm) {
        return new byte[algorithm.bytes()];
    }

    /** Forgets all parts. */
    public HashContract start() {
        parts.truncate(0);
        return this;
    }

    /** The part of a name, for {@link #part}: names are the same for each row. */
    public static byte[] partOf(String name) {
        HashContract contract = new HashContract();
        contract.text(name);
        return contract.parts.toByteArray();
    }

    /** Adds a part that was made before. */
    public HashContract part(byte[] ready) {
        parts.put(ready);
        return this;
    }

    /** Adds the part of a name. */
    public HashContract text(String name) {
        return value(DataType.Simple.TEXT, name);
    }

    /**
     * Adds the part of a value.
     *
     * @param value null, {@link Unavailable#VALUE} (in hash differences only), or of the class that the type names
     */
    public HashContract value(DataType type, @Nullable Object value) {
        if (value == null) {
            parts.putInt(NULL_LENGTH);
        } else if (value == Unavailable.VALUE) {
            parts.putInt(UNAVAILABLE_LENGTH);
        } else {
            int start = parts.length();
            parts.putInt(0);
            CanonicalValue.append(parts, type, value);
            parts.setInt(start, parts.length() - start - Integer.BYTES);
        }
        return this;
    }

    /** The hash over all parts since {@link #start()}; they stay. */
    public byte[] hash() {
        return hash(0);
    }

    /** The parts themselves, as a hash would be made of them. */
    public byte[] parts() {
        return parts.toByteArray();
    }

    /** How many bytes of parts there are; for {@link #hash(int)} and {@link #back(int)}. */
    public int mark() {
        return parts.length();
    }

    /** Forgets the parts behind a mark. */
    public void back(int mark) {
        parts.truncate(mark);
    }

    /** The hash over the parts behind a mark. */
    public byte[] hash(int mark) {
        try {
            function.update(parts.array(), mark, parts.length() - mark);
            function.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a digest has as many bytes as it says", e);
        }
        return Arrays.copyOf(digest, hashBytes);
    }
}
