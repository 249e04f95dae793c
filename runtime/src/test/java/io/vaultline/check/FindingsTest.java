package io.vaultline.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private final Findings findings = new Findings(ErrorCode.SOURCE_NOT_CAPTURABLE, "source pg");

    @Test
    void warningsAndNotesAreNoReasonToRefuse() {
        findings.warning("It is slow", Fix.advice("Wait."));
        findings.note("It is old", Fix.advice("Nothing is to be done."));

        assertThatCode(findings::throwErrors).doesNotThrowAnyException();
    }

    @Test
    void allErrorsAreToldAtOnceInTheWordsOfTheFindings() {
        findings.error("wal_level is replica", Fix.sqlAndRestart("ALTER SYSTEM SET wal_level = logical;"));
        findings.error("The user may not replicate", Fix.sql("ALTER ROLE \"c\" WITH REPLICATION;"));

        PipelineException refusal = catchThrowableOfType(PipelineException.class, findings::throwErrors);

        assertThat(refusal.what()).contains("wal_level is replica", "The user may not replicate");
        assertThat(refusal.remedy().lines())
                .containsExactly(
                        "ALTER SYSTEM SET wal_level = logical; then restart PostgreSQL.",
                        "ALTER ROLE \"c\" WITH REPLICATION;");
    }

    @Test
    void clocksThatDifferByMoreThanSecondsAreTold() {
        Instant now = Instant.ofEpochSecond(1_000);
        ClockSkew.check(findings, now, now.plusSeconds(4), now.plusSeconds(1));
        assertThat(findings.all()).isEmpty();

        ClockSkew.check(findings, now, now.minusSeconds(60), now.plusSeconds(1));
        ClockSkew.check(findings, now, now.plusSeconds(61), now.plusSeconds(1));

        assertThat(findings.all())
                .extracting(Finding::what)
                .containsExactly("Its clock is 60 s behind ours", "Its clock is 60 s ahead of ours");
    }
}
