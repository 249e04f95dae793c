package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.server.InsertBlock;
import io.vaultline.clickhouse.vault.StoredVault;
import io.vaultline.clickhouse.wire.RowBinaryWriter;
import io.vaultline.clickhouse.wire.ValueRangeException;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.vault.VaultRowSink;
import io.vaultline.vault.VaultTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vault rows on their way to the server, by table, encoded as they come. */
public final class RowBuffers implements VaultRowSink {
    private final StoredVault vault;
    private final IdentityHashMap<VaultTable, RowBinaryWriter> buffers = new IdentityHashMap<>();
    private long rows;
    private long bytes;

    /** @param vault whose tables the rows belong to */
    public RowBuffers(StoredVault vault) {
        this.vault = vault;
    }

    @Override
    public void add(VaultTable table, @Nullable Object... values) {
        RowBinaryWriter buffer = buffers.get(table);
        if (buffer == null) {
            buffer = new RowBinaryWriter(vault.layout(table).wireColumns());
            buffers.put(table, buffer);
        }
        int before = buffer.bytes();
        try {
            buffer.add(values);
        } catch (ValueRangeException e) {
            throw new PipelineException(
                    ErrorCode.VALUE_OUT_OF_RANGE,
                    "ClickHouse can't hold a value of this change: " + e.rule(),
                    "table " + table.name() + ", column " + e.column(),
                    "Correct the value at the source, or leave the column out by exclude-columns.",
                    e);
        }
        rows++;
        bytes += buffer.bytes() - before;
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
     * @param token what the rows were made of; each block adds its table and content to it
     */
    public List<List<InsertBlock>> waves(String database, String token) {
        List<InsertBlock> anchors = new ArrayList<>();
        List<InsertBlock> others = new ArrayList<>();
        buffers.forEach((table, buffer) -> {
            String blockToken = table.name() + ' ' + token + ' ' + Long.toHexString(buffer.checksum());
            boolean anchor = table.kind() == VaultTable.Kind.HUB || table.kind() == VaultTable.Kind.LINK;
            (anchor ? anchors : others).add(new InsertBlock(database, table.name(), buffer, blockToken));
        });
        return List.of(anchors, others);
    }
}
