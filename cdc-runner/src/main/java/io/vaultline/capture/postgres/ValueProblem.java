package io.vaultline.capture.postgres;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;

/** A value that can't be captured, before it is known whose it is. Never holds the value. */
final class ValueProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String what;

    ValueProblem(ErrorCode code, String what) {
        super(what);
        this.code = code;
        this.what = what;
    }

    static ValueProblem outOfRange(String type) {
        return new ValueProblem(ErrorCode.VALUE_OUT_OF_RANGE, "A " + type + " is out of the range that can be stored");
    }

    /** @param column {@code namespace.table.column} */
    PipelineException in(String column) {
        return new PipelineException(
                code,
                what,
                "column " + column,
                "Correct the row in the source, or leave the column out (exclude-columns).",
                this);
    }
}
