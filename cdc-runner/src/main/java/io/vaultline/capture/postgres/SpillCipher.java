package io.vaultline.capture.postgres;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts one file with a key that stands in memory only, so that the file is noise to whoever else finds it. */
final class SpillCipher {
    private static final String ALGORITHM = "AES";
    private static final String MODE = "AES/CTR/NoPadding";
    private static final int BYTES = 16;

    private final SecretKeySpec key;

    SpillCipher() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** To be used once: what is written twice with one key can be read. */
    OutputStream writing(OutputStream file) {
        return new CipherOutputStream(file, cipher(Cipher.ENCRYPT_MODE));
    }

    InputStream reading(InputStream file) {
        return new CipherInputStream(file, cipher(Cipher.DECRYPT_MODE));
    }

    /** The counter begins at zero, since each file has a key of its own. */
    private Cipher cipher(int mode) {
        try {
            Cipher cipher = Cipher.getInstance(MODE);
            cipher.init(mode, key, new IvParameterSpec(new byte[BYTES]));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MODE, e);
        }
    }
}
