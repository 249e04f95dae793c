package io.vaultline.devstack.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EscapeTest {
    @Test
    void aPropertiesFileGivesThePathBack() throws IOException {
        String path = "/home/été/a b/back\\slash";
        Properties read = new Properties();

        read.load(new StringReader("path=" + Escape.properties(path)));

        assertThat(read.getProperty("path")).isEqualTo(path);
        assertThat(Escape.properties(path)).matches("\\p{ASCII}*");
    }

    @Test
    void anXmlElementHoldsThePath() {
        assertThat(Escape.xml("/this & <that>/été")).isEqualTo("/this &amp; &lt;that>/été");
    }
}
