package io.vaultline.check;

/** How bad a finding is. */
public enum Severity {
    /** The pipeline does not start, or leaves something out. */
    ERROR,
    /** It works, but not well, or not for ever. */
    WARNING,
    /** Worth knowing. */
    NOTE
}
