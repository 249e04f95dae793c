package io.vaultline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.BrokenText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BrokenTextTest {
    @Test
    void eachByteThatIsNoUtf8IsKnown() {
        String text = read("61ff62e282");

        assertThat(text).isEqualTo("a\uFFFD\uDCFFb\uFFFD\uDCE2\uFFFD\uDC82");
        assertThat(BrokenText.is(text)).isTrue();
        assertThat(BrokenText.mended(text)).isEqualTo("a\uFFFDb\uFFFD\uFFFD");
    }

    @Test
    void aTextThatHoldsTheReplacementItselfIsWhole() {
        String text = read("61efbfbdf09f9880efbfbd");

        assertThat(text).isEqualTo("a\uFFFD\uD83D\uDE00\uFFFD");
        assertThat(BrokenText.is(text)).isFalse();
        assertThat(BrokenText.mended(text)).isEqualTo(text);
    }

    @Property(tries = 500)
    void aTextIsBrokenIfJavaLosesAByteOfIt(@ForAll byte[] bytes) {
        byte[] again = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);

        String text = BrokenText.decode(bytes, 0, bytes.length);

        assertThat(BrokenText.is(text))
                .isEqualTo(
                        !HexFormat.of().formatHex(again).equals(HexFormat.of().formatHex(bytes)));
        assertThat(BrokenText.is(BrokenText.mended(text))).isFalse();
    }

    /** As the codec reads it: a length, then the bytes. */
    private static String read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        byte[] value = new byte[bytes.length + 1];
        value[0] = (byte) (bytes.length << 1);
        System.arraycopy(bytes, 0, value, 1, bytes.length);
        return new BytesReader(value).text();
    }
}
