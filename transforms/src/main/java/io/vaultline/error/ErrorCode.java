package io.vaultline.error;

/** Stable names of what can go wrong; each belongs to one {@link ErrorClass}. */
public enum ErrorCode {
    CONFIG_INVALID(ErrorClass.USER_CONFIG),
    CONFIG_UNREADABLE(ErrorClass.USER_CONFIG),
    MODEL_INVALID(ErrorClass.USER_CONFIG),

    SOURCE_UNREACHABLE(ErrorClass.SOURCE),
    SOURCE_REFUSES_LOGIN(ErrorClass.SOURCE),
    SOURCE_NOT_CAPTURABLE(ErrorClass.SOURCE),
    SOURCE_POSITION_LOST(ErrorClass.SOURCE),
    CAPTURE_FAILED(ErrorClass.SOURCE),

    KAFKA_UNREACHABLE(ErrorClass.KAFKA),
    KAFKA_REFUSES(ErrorClass.KAFKA),
    CAPTURE_FENCED(ErrorClass.KAFKA),
    PIPELINE_BEHIND(ErrorClass.KAFKA),
    CHANGES_EXPIRED(ErrorClass.KAFKA),

    CLICKHOUSE_UNREACHABLE(ErrorClass.CLICKHOUSE),
    /** The server answers but can't take it now: too many parts, no memory, shutting down. */
    CLICKHOUSE_BUSY(ErrorClass.CLICKHOUSE),
    CLICKHOUSE_REFUSES(ErrorClass.CLICKHOUSE),

    LAKE_UNREACHABLE(ErrorClass.LAKE),
    LAKE_REFUSES(ErrorClass.LAKE),
    LAKE_FENCED(ErrorClass.LAKE),

    VALUE_OUT_OF_RANGE(ErrorClass.DATA),
    VALUE_NOT_SUPPORTED(ErrorClass.DATA),
    RECORD_UNREADABLE(ErrorClass.DATA),
    /** More changes would have to wait as dead letters than may. */
    DEAD_LETTERS_FULL(ErrorClass.DATA),

    LOCAL_RESOURCE(ErrorClass.INTERNAL),
    INTERNAL(ErrorClass.INTERNAL);

    private final ErrorClass errorClass;

    ErrorCode(ErrorClass errorClass) {
        this.errorClass = errorClass;
    }

    /** The class that this code belongs to. */
    public ErrorClass errorClass() {
        return errorClass;
    }
}
