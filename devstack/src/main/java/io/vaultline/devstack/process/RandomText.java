package io.vaultline.devstack.process;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Random passwords. */
final class RandomText {
    private static final int BITS = 160;

    private RandomText() {}

    /** Lower-case letters and digits only: nothing that a URL, XML or a properties file would have to escape. */
    static String password() {
        return new BigInteger(BITS, new SecureRandom()).setBit(BITS).toString(Character.MAX_RADIX);
    }
}
