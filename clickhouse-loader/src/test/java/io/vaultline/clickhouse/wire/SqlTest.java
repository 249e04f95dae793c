package io.vaultline.clickhouse.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTest {
    @Test
    void noNameEndsItsQuotes() {
        assertThat(Sql.name("a`b\\")).isEqualTo("`a\\`b\\\\`");
        assertThat(Sql.name("d", "t")).isEqualTo("`d`.`t`");
    }

    @Test
    void noTextEndsItsQuotes() {
        assertThat(Sql.text("it's \\")).isEqualTo("'it\\'s \\\\'");
    }
}
