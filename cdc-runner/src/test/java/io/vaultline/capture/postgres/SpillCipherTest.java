package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SpillCipherTest {
    private static final String TEXT = "not masked yet ".repeat(100);

    @Test
    void whatIsWrittenCanBeReadByItsOwnKeyOnly() throws IOException {
        SpillCipher cipher = new SpillCipher();
        byte[] file = written(cipher);

        assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("masked");
        assertThat(read(cipher, file)).isEqualTo(TEXT);
        assertThat(read(new SpillCipher(), file)).doesNotContain("masked");
        assertThat(written(new SpillCipher())).isNotEqualTo(file);
    }

    private static byte[] written(SpillCipher cipher) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream out = cipher.writing(file)) {
            out.write(TEXT.getBytes(StandardCharsets.ISO_8859_1));
        }
        return file.toByteArray();
    }

    private static String read(SpillCipher cipher, byte[] file) throws IOException {
        return new String(cipher.reading(new ByteArrayInputStream(file)).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
