package io.vaultline.config;

/**
 * The largest transaction of a source that is one transaction in Kafka. A larger one is split, and watermarks say where it
 * is whole.
 *
 * @param changes its changes, 1,000 to 10,000,000
 * @param megabytes what of it waits for its end in memory, the rest in a file, in MiB, 1 to 4,096
 */
public record TransactionBound(int changes, int megabytes) {
    static final int LEAST_CHANGES = 1_000;
    static final int MOST_CHANGES = 10_000_000;
    static final int MOST_MEGABYTES = 4_096;

    /** 50,000 changes and 64 MiB. */
    public static TransactionBound standard() {
        return new TransactionBound(50_000, 64);
    }

    /** What waits in memory, in bytes. */
    public long bytes() {
        return (long) megabytes << 20;
    }
}
