package io.vaultline.vault.functions;

/** What a function of the contract takes. */
enum SqlType {
    TEXT,
    BYTES,
    BOOLEAN,
    INTEGER,
    FLOAT32,
    FLOAT64,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMP_TZ,
    UUID
}
