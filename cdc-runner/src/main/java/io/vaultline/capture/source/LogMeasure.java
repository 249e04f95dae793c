package io.vaultline.capture.source;

import java.util.List;

/** What is measured of the log that a source keeps for its capture; each is a gauge. */
public enum LogMeasure {
    /** NaN, as all of a slot's, while there is no slot or the source is away. */
    SLOT_RETAINED("vaultline.slot.retained.bytes", "Log that the server keeps for the slot, in bytes"),
    SLOT_LAG("vaultline.slot.lag.bytes", "Log behind the last confirmed position of the slot, in bytes"),
    /** NaN where {@code max_slot_wal_keep_size} sets no limit. */
    SLOT_SAFE("vaultline.slot.safe.wal.bytes", "Log that may be written before the slot can be lost, in bytes"),
    SLOT_STATUS("vaultline.slot.wal.status", "The slot's wal_status: 0 reserved, 1 extended, 2 unreserved, 3 lost"),
    /** NaN, as all of an oplog's, where the user may not look at it. */
    OPLOG_WINDOW("vaultline.oplog.window.hours", "From the oplog's oldest entry to its newest, in hours"),
    OPLOG_LEFT("vaultline.oplog.left.hours", "From the oplog's oldest entry to the capture's place, in hours"),
    OPLOG_USED("vaultline.oplog.used", "The share of the oplog that is in use; from about 1 on entries are dropped");

    private final String meter;
    private final String description;

    LogMeasure(String meter, String description) {
        this.meter = meter;
        this.description = description;
    }

    /** Those of a PostgreSQL source. */
    public static List<LogMeasure> ofSlot() {
        return List.of(SLOT_RETAINED, SLOT_LAG, SLOT_SAFE, SLOT_STATUS);
    }

    /** Those of a MongoDB source. */
    public static List<LogMeasure> ofOplog() {
        return List.of(OPLOG_WINDOW, OPLOG_LEFT, OPLOG_USED);
    }

    /** The gauge's name. */
    public String meter() {
        return meter;
    }

    /** What the gauge says. */
    public String description() {
        return description;
    }
}
