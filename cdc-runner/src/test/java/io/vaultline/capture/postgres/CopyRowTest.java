package io.vaultline.capture.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyRowTest {
    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /** As PostgreSQL escapes them. */
    static String written(String value) {
        return value.replace("\\", "\\\\")
                .replace("\b", "\\b")
                .replace("\f", "\\f")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("\u000B", "\\v");
    }

    @Property
    void everyTextComesBack(@ForAll @Size(min = 1, max = 5) List<@CharRange(from = 1, to = 0xD7FF) String> values) {
        String line = values.stream().map(CopyRowTest::written).collect(Collectors.joining("\t"));
        assertThat(CopyRow.fields(bytes(line + "\n"), values.size())).containsExactlyElementsOf(values);
    }

    @Test
    void aNullIsNoTextAndNoTextIsNoNull() {
        @Nullable String[] fields = CopyRow.fields(bytes("\\N\t\t\\\\N\tN\n"), 4);
        assertThat(fields).containsExactly(null, "", "\\N", "N");
    }

    @Test
    void aRowOfNoColumnsHasNoFields() {
        assertThat(CopyRow.fields(bytes("\n"), 0)).isEmpty();
    }

    @Test
    void anotherNumberOfFieldsIsRefused() {
        assertThatThrownBy(() -> CopyRow.fields(bytes("a\tb\n"), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CopyRow.fields(bytes("a\n"), 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
