package io.vaultline.vault.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.vault.hash.HashContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HashFunctionsTest {
    private static final Pattern NAME = Pattern.compile("^CREATE OR REPLACE FUNCTION (vault\\d+_\\w+)");

    @Test
    void everyEngineHasTheSameFunctionsOfTheContractsVersion() {
        List<String> names = names(SqlEngine.CLICKHOUSE);

        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.startsWith("vault" + HashContract.VERSION + "_"));
        assertThat(names(SqlEngine.TRINO)).isEqualTo(names);
        assertThat(names(SqlEngine.SPARK)).isEqualTo(names);
    }

    @Test
    void theDocumentationNamesEveryFunction() throws IOException {
        String page = Files.readString(Path.of("../docs/hash-contract.md"));

        assertThat(names(SqlEngine.TRINO)).allSatisfy(name -> assertThat(page).contains("`" + name + "("));
    }

    private static List<String> names(SqlEngine engine) {
        return HashFunctions.statements(engine).stream()
                .flatMap(statement -> NAME.matcher(statement).results())
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
