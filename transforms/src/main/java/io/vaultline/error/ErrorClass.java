package io.vaultline.error;

/** Which part of the world an error belongs to, and so who can mend it. */
public enum ErrorClass {
    /** The configuration or the command line is wrong; exit code 2. */
    USER_CONFIG,
    /** A source database refuses, is missing, or has moved past our position. */
    SOURCE,
    /** The Kafka cluster refuses or is not reachable. */
    KAFKA,
    /** The ClickHouse server refuses or is not reachable. */
    CLICKHOUSE,
    /** The Iceberg catalog or the object store refuses or is not reachable. */
    LAKE,
    /** A value or a change can't be represented in a target. */
    DATA,
    /** A broken assumption of our own. */
    INTERNAL
}
