package io.vaultline.vault.functions;

/** An engine that the contract's functions are written for. */
public enum SqlEngine {
    CLICKHOUSE,
    /** With a catalog that keeps functions. */
    TRINO,
    /** From version 4 on. */
    SPARK;

    Dialect dialect() {
        return switch (this) {
            case CLICKHOUSE -> new ClickHouseDialect();
            case TRINO -> new TrinoDialect();
            case SPARK -> new SparkDialect();
        };
    }
}
