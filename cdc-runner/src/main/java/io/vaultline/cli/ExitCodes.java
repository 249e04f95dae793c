package io.vaultline.cli;

import io.vaultline.error.ErrorClass;
import io.vaultline.error.PipelineException;

/** What the process's exit code says. */
final class ExitCodes {
    static final int SUCCESS = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private ExitCodes() {}

    static int of(PipelineException failure) {
        return failure.code().errorClass() == ErrorClass.USER_CONFIG ? USAGE : FAILED;
    }
}
