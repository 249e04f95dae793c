package io.vaultline.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.event.CollectionId;
import io.vaultline.verify.CollectionComparison;
import io.vaultline.verify.Difference;
import io.vaultline.verify.Difference.Kind;
import io.vaultline.verify.StoreComparison;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationReportTest {
    private static final TableResult EQUAL = result("orders", 1_000, List.of());
    private static final TableResult DIFFERENT =
            result("users", 1_000, List.of(new Difference(Kind.DIFFERENT, "id=7", List.of("email"))));

    @Test
    void the_json_has_the_fields_that_scripts_read() throws Exception {
        JsonNode report = new ObjectMapper()
                .readTree(new VerificationReport(List.of(EQUAL), List.of(), Duration.ofMillis(1_260)).toJson());

        assertThat(report).isEqualTo(new ObjectMapper().readTree("""
                {"ok": true, "seconds": 1.3, "events": 1500, "tables": [
                  {"source": "pg", "table": "public.orders", "sourceRows": 1000, "vaultRows": 1000,
                   "historyCurrentRows": 1000, "historyChanges": 1500, "checksumEqual": true}]}"""));
    }

    @Test
    void a_difference_is_no_success_and_names_the_rows() throws Exception {
        VerificationReport report = new VerificationReport(List.of(EQUAL, DIFFERENT), List.of(), Duration.ofSeconds(1));
        JsonNode json = new ObjectMapper().readTree(report.toJson());

        assertThat(report.ok()).isFalse();
        assertThat(json.path("ok").asBoolean()).isFalse();
        assertThat(json.at("/tables/1/differences/0/key").asText()).isEqualTo("id=7");
        assertThat(report.lines())
                .anyMatch(line -> line.contains("public.users: the vault has other values in the row id=7: email"));
    }

    private static TableResult result(String table, long vaultRows, List<Difference> differences) {
        StoreComparison vault = new StoreComparison("vault", vaultRows, differences.isEmpty(), differences);
        StoreComparison history = new StoreComparison("history", 1_000, true, List.of());
        return new TableResult(
                new CollectionComparison(new CollectionId("pg", "public", table), 1_000, List.of(vault, history)),
                1_500);
    }
}
