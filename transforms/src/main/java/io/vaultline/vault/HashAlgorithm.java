package io.vaultline.vault;

/** What a hash is made of, and how many of its bytes count. */
public enum HashAlgorithm {
    /** The first 16 bytes of SHA-256; what the vault's tables hold. */
    SHA_256_128("SHA-256", 16),
    MD5("MD5", 16),
    SHA_256("SHA-256", 32);

    private final String digest;
    private final int bytes;

    HashAlgorithm(String digest, int bytes) {
        this.digest = digest;
        this.bytes = bytes;
    }

    /** As {@link java.security.MessageDigest} calls it. */
    String digest() {
        return digest;
    }

    /** How long a hash is. */
    public int bytes() {
        return bytes;
    }
}
