package io.vaultline.vault.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.event.DataType.Decimal;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Unavailable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalValueTest {

    /** Texts, null (as an empty optional would be) and unavailable, few enough that equal lists are found too. */
    @Provide
    Arbitrary<List<Object>> keys() {
        return Arbitraries.of("", "a", "b", "ab", "bc", "\0", "\0\0\0\1", NULL, Unavailable.VALUE)
                .map(Object.class::cast)
                .list()
                .ofMaxSize(4);
    }

    private static final Object NULL = new Object();

    @Property(tries = 5000)
    void differentPartsHaveDifferentHashes(@ForAll("keys") List<Object> some, @ForAll("keys") List<Object> others) {
        assertThat(Arrays.equals(hash(some), hash(others))).isEqualTo(some.equals(others));
    }

    @Test
    void theBoundaryBetweenPartsCounts() {
        assertThat(hash(List.of("a", "bc"))).isNotEqualTo(hash(List.of("ab", "c")));
        assertThat(hash(List.of(NULL))).isNotEqualTo(hash(List.of("")));
        assertThat(hash(List.of(NULL))).isNotEqualTo(hash(List.of(Unavailable.VALUE)));
    }

    private static byte[] hash(List<Object> parts) {
        HashContract contract = new HashContract();
        parts.forEach(part -> contract.value(Simple.TEXT, part == NULL ? null : part));
        return contract.hash();
    }

    @Property
    void anIntegerIsItsDigitsHoweverWideItsColumnIs(@ForAll short number) {
        byte[] digits = Short.toString(number).getBytes(StandardCharsets.US_ASCII);

        assertThat(CanonicalValue.bytes(Simple.INT16, (int) number)).isEqualTo(digits);
        assertThat(CanonicalValue.bytes(Simple.INT32, (int) number)).isEqualTo(digits);
        assertThat(CanonicalValue.bytes(Simple.INT64, (long) number)).isEqualTo(digits);
        assertThat(CanonicalValue.bytes(new Decimal(38, 0), BigDecimal.valueOf(number)))
                .isEqualTo(digits);
    }

    @Property
    void everyLongIsItsDigits(@ForAll long number) {
        assertThat(CanonicalValue.bytes(Simple.INT64, number))
                .isEqualTo(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    @Property
    void aDecimalIsTheSameWhateverItsScale(@ForAll @Scale(6) BigDecimal number) {
        byte[] bytes = CanonicalValue.bytes(new Decimal(38, 6), number.setScale(6, RoundingMode.UNNECESSARY));
        byte[] wider = CanonicalValue.bytes(new Decimal(38, 12), number.setScale(12, RoundingMode.UNNECESSARY));
        byte[] numeric = CanonicalValue.bytes(Simple.NUMERIC, number.toPlainString());
        String text = new String(bytes, StandardCharsets.US_ASCII);

        assertThat(wider).isEqualTo(bytes);
        assertThat(numeric).isEqualTo(bytes);
        assertThat(new BigDecimal(text)).isEqualByComparingTo(number);
        assertThat(text).doesNotMatch(".*\\..*0|.*\\.|-0|0\\d+|.*[eE+].*");
    }

    @Property
    void aTextIsItsUtf8(@ForAll String text) {
        assertThat(CanonicalValue.bytes(Simple.TEXT, text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(CanonicalValue.bytes(Simple.JSON, text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void aFloatIsItsBitsSoThatOnlyEqualBitsAreEqual(@ForAll double number) {
        byte[] bits = ByteBuffer.allocate(Double.BYTES).putDouble(number).array();
        String hex = new String(CanonicalValue.bytes(Simple.FLOAT64, number), StandardCharsets.US_ASCII);

        assertThat(hex).isEqualTo(String.format("%016x", new BigInteger(1, bits)));
    }

    @Test
    void everyNanIsTheSame() {
        double other = Double.longBitsToDouble(0x7ff8000000000001L);

        assertThat(CanonicalValue.bytes(Simple.FLOAT64, other))
                .isEqualTo(CanonicalValue.bytes(Simple.FLOAT64, Double.NaN));
    }

    @Test
    void aValueOfManyMegabytesHashesLikeAnyOther() {
        String large = "x".repeat(5_000_000);
        HashContract contract = new HashContract();

        byte[] first = contract.start().text(large).hash();
        byte[] small = contract.start().text("x").hash();

        assertThat(contract.start().text(large).hash()).isEqualTo(first);
        assertThat(contract.start().text("x").hash()).isEqualTo(small).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "1e5", "1.2.3", "0x1", " 1", "--1", "nan"})
    void aNumericThatIsNoPlainNumberIsRefused(String text) {
        assertThatThrownBy(() -> CanonicalValue.bytes(Simple.NUMERIC, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("numeric value");
    }
}
