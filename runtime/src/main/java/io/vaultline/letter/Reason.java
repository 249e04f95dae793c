package io.vaultline.letter;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;

/** Why a change was refused; no text holds the data of a row. */
public record Reason(ErrorCode code, String what, String where, String remedy) {
    public static Reason of(PipelineException problem) {
        return new Reason(problem.code(), problem.what(), problem.where(), problem.remedy());
    }
}
