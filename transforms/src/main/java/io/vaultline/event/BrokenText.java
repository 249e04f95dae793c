package io.vaultline.event;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Texts whose bytes are no UTF-8, which databases without an encoding keep. In Java such a byte is U+FFFD and behind it a
 * low surrogate alone, U+DC00 plus the byte, so that the text can be told from one that truly holds U+FFFD, and no byte is
 * lost. A surrogate alone occurs in no text of UTF-8 (RFC 3629, section 3).
 */
public final class BrokenText {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int BYTE = 0xDC00;

    private BrokenText() {}

    /** The text of bytes that should be UTF-8. */
    public static String decode(byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeSlowly(ByteBuffer.wrap(bytes, from, length));
    }

    private static String decodeSlowly(ByteBuffer in) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(2 * in.remaining());
        for (CoderResult result = decoder.decode(in, out, true);
                result.isError();
                result = decoder.decode(in, out, true)) {
            for (int i = 0; i < result.length(); i++) {
                out.put(REPLACEMENT).put((char) (BYTE + (in.get() & 0xFF)));
            }
        }
        return out.flip().toString();
    }

    /** Whether some of a text's bytes were no UTF-8. */
    public static boolean is(String text) {
        for (int at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, at + 1)) {
            if (at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))) {
                return true;
            }
        }
        return false;
    }

    /** The text with U+FFFD alone for each such byte. */
    public static String mended(String text) {
        StringBuilder mended = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (i == 0 || text.charAt(i - 1) != REPLACEMENT || !Character.isLowSurrogate(next)) {
                mended.append(next);
            }
        }
        return mended.toString();
    }
}
