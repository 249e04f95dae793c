package io.vaultline.vault.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ByteBuilderTest {
    private static final int TIMES = 5000;

    static Stream<Consumer<ByteBuilder>> additions() {
        return Stream.of(
                out -> out.put('a'),
                out -> out.put("ab".getBytes(StandardCharsets.US_ASCII)),
                out -> out.putInt(0x61626364),
                out -> out.putUtf8("aé"),
                out -> out.putDecimal(-12),
                out -> out.putHex(0x1fL, 3));
    }

    @ParameterizedTest
    @MethodSource("additions")
    void itGrowsByWhateverIsAdded(Consumer<ByteBuilder> addition) {
        ByteBuilder once = new ByteBuilder();
        addition.accept(once);
        String piece = new String(once.toByteArray(), StandardCharsets.UTF_8);

        ByteBuilder often = new ByteBuilder();
        for (int i = 0; i < TIMES; i++) {
            addition.accept(often);
        }

        assertThat(new String(often.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(piece.repeat(TIMES));
    }
}
