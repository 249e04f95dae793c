package io.vaultline.check;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.Objects;

/**
 * Something that a check has found. No text holds a secret or the data of a row.
 *
 * @param code the failure that the pipeline would meet
 * @param what one sentence
 * @param where system, and table, topic or setting
 */
public record Finding(Severity severity, ErrorCode code, String what, String where, Fix fix) {
    public Finding {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(fix, "fix");
    }

    /** A failure, as a finding. */
    public static Finding of(PipelineException failure) {
        return new Finding(
                Severity.ERROR, failure.code(), failure.what(), failure.where(), Fix.advice(failure.remedy()));
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
