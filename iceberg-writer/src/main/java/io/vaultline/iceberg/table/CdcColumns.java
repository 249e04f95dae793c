package io.vaultline.iceberg.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The pipeline's own columns, which stand after those of the source in every history table. */
public enum CdcColumns {
    /** What happened: a label of {@link Operation}. */
    OPERATION("_cdc_operation", true, "read, create, update, delete or truncate"),
    /** The source's commit time; tables are partitioned by its day. */
    COMMIT_TS("_cdc_commit_ts", true, "commit time at the source"),
    /** See {@link io.vaultline.event.CommitOrder#commitPosition()}. */
    POSITION("_cdc_position", true, "position of the commit in the source's log"),
    /** See {@link io.vaultline.event.CommitOrder#ordinal()}. */
    ORDINAL("_cdc_ordinal", true, "place within the commit"),
    /** The source's name of the transaction, if it has one. */
    TRANSACTION("_cdc_transaction", false, "transaction at the source"),
    /** Whether a snapshot read the row. */
    SNAPSHOT("_cdc_snapshot", true, "read by a snapshot, not changed"),
    /** Names of the source's columns whose null here means that the source did not send the value. */
    UNAVAILABLE("_cdc_unavailable", false, "columns that the source did not send; their null here is no null"),
    /** The whole row before, as {@link RowJson}, where the source gives it. */
    BEFORE("_cdc_before", false, "the row before as JSON, where the source gives it"),
    /** The key of the row's other identity, as {@link RowJson}, if the change is half of a change of the key. */
    MOVED_KEY("_cdc_moved_key", false, "the other key of a primary key change as JSON");

    private static final String PREFIX = "_cdc_";

    private final String column;
    private final boolean required;
    private final String doc;

    CdcColumns(String column, boolean required, String doc) {
        this.column = column;
        this.required = required;
        this.doc = doc;
    }

    /** The column's name in every history table. */
    public String column() {
        return column;
    }

    /** Whether a name is kept for the pipeline's columns; a column of a source gets another one. */
    static boolean reserve(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    /** The columns as fields that are numbered from an id on. */
    static List<NestedField> fields(int firstId) {
        List<NestedField> fields = new ArrayList<>();
        int id = firstId;
        for (CdcColumns column : values()) {
            fields.add(NestedField.builder()
                    .withId(id++)
                    .withName(column.column)
                    .isOptional(!column.required)
                    .ofType(column == UNAVAILABLE ? names(id++) : column.type())
                    .withDoc(column.doc)
                    .build());
        }
        return fields;
    }

    private Type type() {
        return switch (this) {
            case COMMIT_TS -> Types.TimestampType.withZone();
            case POSITION, ORDINAL -> Types.LongType.get();
            case SNAPSHOT -> Types.BooleanType.get();
            default -> Types.StringType.get();
        };
    }

    private static Type names(int elementId) {
        return Types.ListType.ofRequired(elementId, Types.StringType.get());
    }
}
