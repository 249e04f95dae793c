package io.vaultline.capture.postgres;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.capture.output.UnfitValue;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import org.jspecify.annotations.Nullable;

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

    /**
     * What stands in the row instead. The value goes along only where no mask hides it.
     *
     * @param failure of the value's conversion
     * @param value as the source wrote it
     */
    static UnfitValue unfit(
            RuntimeException failure, CollectionSchema shape, int place, ColumnMask mask, @Nullable Object value) {
        String column = shape.id() + "." + shape.columns().get(place).name();
        ValueProblem problem = failure instanceof ValueProblem known
                ? known
                : new ValueProblem(ErrorCode.VALUE_OUT_OF_RANGE, "A value does not fit its column's type");
        boolean told = !mask.changes() && value instanceof String;
        return new UnfitValue(told ? (String) value : null, problem.in(column));
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
