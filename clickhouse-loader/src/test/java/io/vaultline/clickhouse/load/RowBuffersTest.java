package io.vaultline.clickhouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.clickhouse.server.InsertBlock;
import io.vaultline.clickhouse.vault.ServerTables;
import io.vaultline.clickhouse.vault.StoredVault;
import io.vaultline.clickhouse.vault.VaultPlan;
import io.vaultline.clickhouse.wire.RowBinaryWriter;
import io.vaultline.error.PipelineException;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.RowCreated;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.vault.VaultMapper;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RowBuffersTest {
    private static final CollectionSchema CALLS = new CollectionSchema(
            new CollectionId("pg", "public", "calls"),
            CollectionKind.TABLE,
            List.of(new Column("id", Simple.INT32, "int4", false), new Column("length", Simple.TIME, "interval", true)),
            List.of("id"),
            List.of());

    private final VaultTables tables = new VaultTables(VaultInference.infer(List.of(CALLS), DeclaredModel.none()));
    private final StoredVault vault = new VaultPlan("v", tables, ServerTables.none()).vault();
    private final VaultMapper mapper = new VaultMapper(tables);

    @Test
    void aChangeThatIsRefusedLeavesNoRowInAnyTable() {
        RowBuffers alone = new RowBuffers(vault);
        RowBuffers withRefused = new RowBuffers(vault);
        add(alone, 1, 1L);
        add(withRefused, 1, 1L);

        assertThatThrownBy(() -> add(withRefused, 2, Long.MAX_VALUE)).isInstanceOf(PipelineException.class);
        withRefused.undo();
        add(alone, 3, 3L);
        add(withRefused, 3, 3L);

        assertThat(withRefused.rows()).isEqualTo(alone.rows()).isEqualTo(4);
        assertThat(withRefused.bytes()).isEqualTo(alone.bytes());
        assertThat(blocks(withRefused)).hasSize(2).isEqualTo(blocks(alone));
    }

    @Test
    void aTableWithoutRowsIsNotInserted() {
        RowBuffers buffers = new RowBuffers(vault);
        assertThatThrownBy(() -> add(buffers, 2, Long.MAX_VALUE)).isInstanceOf(PipelineException.class);
        buffers.undo();
        assertThat(blocks(buffers)).isEmpty();
    }

    private void add(RowBuffers buffers, int id, long length) {
        buffers.begin();
        ChangeHeader header = new ChangeHeader(CALLS, new CommitOrder(id, 1), 1, "tx");
        mapper.map(new RowCreated(header, new Row(CALLS, id, length), null), buffers);
    }

    /** What each block would send, by its token. */
    private static Map<String, String> blocks(RowBuffers buffers) {
        return buffers.waves("v", "token").stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(InsertBlock::token, block -> sent(block.rows())));
    }

    private static String sent(RowBinaryWriter rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            rows.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
