package io.vaultline.vault.hash;

/** What a hash is made of, and how many of its bytes count. */
public enum HashAlgorithm {
    /** The first 16 bytes of SHA-256; what the vault's tables hold unless the model file says otherwise. */
    SHA_256_128("sha256-128", "SHA-256", 16),
    MD5("md5", "MD5", 16),
    SHA_256("sha256", "SHA-256", 32);

    private final String label;
    private final String digest;
    private final int bytes;

    HashAlgorithm(String label, String digest, int bytes) {
        this.label = label;
        this.digest = digest;
        this.bytes = bytes;
    }

    /** As people call it, such as {@code sha256-128}. */
    public String label() {
        return label;
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
