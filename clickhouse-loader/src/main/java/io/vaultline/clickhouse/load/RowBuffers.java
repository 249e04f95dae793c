package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.server.InsertBlock;
import io.vaultline.clickhouse.vault.StoredVault;
import io.vaultline.clickhouse.wire.RowBinaryWriter;
import io.vaultline.clickhouse.wire.ValueRangeException;
import io.vaultline.config.RangeRules;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.vault.VaultRowSink;
import io.vaultline.vault.model.VaultTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vault rows on their way to the server, by table, encoded as they come. */
public final class RowBuffers implements VaultRowSink {
    private final StoredVault vault;
    private final RangeReport ranges;
    private final IdentityHashMap<VaultTable, TableRows> buffers = new IdentityHashMap<>();
    private long rows;
    private long bytes;

    /** Of the change that is being added. */
    private long change;

    private long changeRows;
    private long changeBytes;

    /** Rows of one table. */
    private static final class TableRows {
        private final RowBinaryWriter writer;

        /** The change that added rows last, and how many bytes and rows there were before it. */
        private long change = -1;

        private int bytesBefore;
        private int rowsBefore;

        TableRows(RowBinaryWriter writer) {
            this.writer = writer;
        }
    }

    /** @param vault whose tables the rows belong to; values outside of what its types hold are refused */
    public RowBuffers(StoredVault vault) {
        this(vault, RangeReport.of(RangeRules.failing()));
    }

    /** @param ranges what becomes of values outside of what the tables' types hold */
    public RowBuffers(StoredVault vault, RangeReport ranges) {
        this.vault = vault;
        this.ranges = ranges;
    }

    /** What is added from now on belongs to another change. */
    void begin() {
        change++;
        changeRows = rows;
        changeBytes = bytes;
    }

    /** Forgets the rows of the change that was begun last. */
    void undo() {
        for (TableRows table : buffers.values()) {
            if (table.change == change) {
                table.writer.cut(table.bytesBefore, table.rowsBefore);
            }
        }
        rows = changeRows;
        bytes = changeBytes;
    }

    @Override
    public void add(VaultTable table, @Nullable Object... values) {
        TableRows buffer = buffers.get(table);
        if (buffer == null) {
            buffer = new TableRows(
                    new RowBinaryWriter(vault.layout(table).wireColumns(), column -> ranges.of(table, column)));
            buffers.put(table, buffer);
        }
        int before = buffer.writer.bytes();
        if (buffer.change != change) {
            buffer.change = change;
            buffer.bytesBefore = before;
            buffer.rowsBefore = buffer.writer.rows();
        }
        try {
            buffer.writer.add(values);
        } catch (ValueRangeException e) {
            throw new PipelineException(
                    ErrorCode.VALUE_OUT_OF_RANGE,
                    "ClickHouse can't hold a value of this change: " + e.rule(),
                    "table " + table.name() + ", column " + e.column(),
                    "Put a value in its place (dlq fix), let the column take the nearest one (clickhouse.ranges), or leave"
                            + " the column out (exclude-columns).",
                    e);
        }
        rows++;
        bytes += buffer.writer.bytes() - before;
    }

    /** Rows in all tables. */
    long rows() {
        return rows;
    }

    /** Size of the rows in all tables, in bytes. */
    long bytes() {
        return bytes;
    }

    /**
     * The rows as blocks, in two waves: hubs and links first, then what refers to them.
     *
     * @param token of what the rows are made; each block adds its table to it
     */
    public List<List<InsertBlock>> waves(String database, String token) {
        List<InsertBlock> anchors = new ArrayList<>();
        List<InsertBlock> others = new ArrayList<>();
        buffers.forEach((table, rowsOfTable) -> {
            RowBinaryWriter buffer = rowsOfTable.writer;
            if (buffer.rows() == 0) {
                return;
            }
            String blockToken = table.name() + ' ' + token;
            boolean anchor = table.kind() == VaultTable.Kind.HUB || table.kind() == VaultTable.Kind.LINK;
            (anchor ? anchors : others).add(new InsertBlock(database, table.name(), buffer, blockToken));
        });
        return List.of(anchors, others);
    }
}
