package io.vaultline.capture.mask;

import io.vaultline.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256, as 64 hexadecimal digits. For any number of threads. */
public final class MaskHash {
    private static final String ALGORITHM = "HmacSHA256";

    private final ThreadLocal<Mac> macs;

    /** @param secret the key; not empty */
    MaskHash(Secret secret) {
        SecretKeySpec key = new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.macs = ThreadLocal.withInitial(() -> keyed(key));
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** The hash of a value's canonical bytes ({@link io.vaultline.vault.CanonicalValue}). */
    public String of(byte[] canonical) {
        return HexFormat.of().formatHex(macs.get().doFinal(canonical));
    }
}
