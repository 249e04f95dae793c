package io.vaultline.history;

/** One of several equal shares of all identities, so that what does not fit into memory is folded in passes. */
record Share(int modulus, int remainder) {
    /** Beyond it, one share is hardly more than one identity. */
    private static final int MAX_MODULUS = 1 << 24;

    static final Share ALL = new Share(1, 0);

    boolean holds(RowIdentity identity) {
        return Math.floorMod(identity.hashCode(), modulus) == remainder;
    }

    boolean canSplit() {
        return modulus < MAX_MODULUS;
    }

    Share firstHalf() {
        return new Share(modulus * 2, remainder);
    }

    Share secondHalf() {
        return new Share(modulus * 2, remainder + modulus);
    }
}
