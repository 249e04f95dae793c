package io.vaultline.iceberg.write;

import static io.vaultline.iceberg.write.Orders.P0;
import static io.vaultline.iceberg.write.Orders.P1;
import static io.vaultline.iceberg.write.Orders.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType.Simple;
import io.vaultline.iceberg.table.HistoryTables;
import io.vaultline.iceberg.table.MemoryLake;
import io.vaultline.kafka.ChangeRecord;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.Test;

class TableWriterTest {
    private final UnreliableCatalog catalog = new UnreliableCatalog();
    private final HistoryTables tables = MemoryLake.tables(catalog, "test");

    @Test
    void aCommitCarriesTheOffsetsOfAllPartitionsOfTheTopic() {
        TableWriter writer = open();
        writer.write(created(P0, 0, 1));
        writer.write(created(P0, 4, 2));
        TableCommit first = writer.commit().orElseThrow();
        writer.write(created(P1, 7, 3));
        writer.commit();

        assertThat(first.rows()).isEqualTo(2);
        assertThat(first.offsets()).isEqualTo(Map.of(P0, 5L));
        assertThat(current().summary())
                .containsEntry(
                        OffsetsMark.OFFSETS_KEY, "{\"test.pg.public.orders-0\":5,\"test.pg.public.orders-1\":8}");
        assertThat(writer.next(P0)).contains(5L);
    }

    @Test
    void nothingWrittenCommitsNothing() {
        TableWriter writer = open();

        assertThat(writer.commit()).isEmpty();
        assertThat(table().currentSnapshot()).isNull();
    }

    @Test
    void aWriterThatComesLaterSkipsWhatTheTableHas() {
        TableWriter first = open();
        first.write(created(P0, 0, 1));
        first.write(created(P0, 1, 2));
        first.commit();

        TableWriter second = open();
        assertThat(second.next(P0)).contains(2L);
        assertThat(second.next(P1)).isEmpty();
        second.write(created(P0, 0, 1));
        second.write(created(P0, 1, 2));
        second.write(created(P0, 2, 3));
        second.commit();

        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void theMarkIsFoundBehindCommitsOfMaintenance() {
        TableWriter writer = open();
        writer.write(created(P0, 0, 1));
        writer.commit();
        table().newAppend().commit();

        assertThat(open().next(P0)).contains(1L);
        writer.write(created(P0, 1, 2));
        writer.commit();
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void ofTwoLiveWritersTheSecondToCommitIsRefusedAndLeavesNoFile() {
        TableWriter zombie = open();
        TableWriter owner = open();
        zombie.write(created(P0, 0, 1));
        owner.write(created(P0, 0, 1));
        owner.commit();
        List<String> files = catalog.dataFiles();

        assertThatThrownBy(zombie::commit)
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE_FENCED));
        assertThat(rows()).isEqualTo(1);
        assertThat(catalog.dataFiles()).isEqualTo(files);
    }

    @Test
    void aCommitThatFailedBecauseOthersChangedTheTableIsRetried() {
        TableWriter writer = open();
        writer.write(created(P0, 0, 1));
        catalog.failNextBefore(() -> new CommitFailedException("the table has changed"));
        writer.commit();

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void aCommitWhoseOutcomeWasNotHeardIsFoundInTheTable() {
        TableWriter writer = open();
        writer.write(created(P0, 0, 1));
        catalog.failNextAfter(() -> new CommitStateUnknownException(new IllegalStateException("connection lost")));
        assertThat(writer.commit()).isPresent();
        writer.write(created(P0, 1, 2));
        writer.commit();

        assertThat(rows()).isEqualTo(2);
        assertThat(readable()).isEqualTo(2);
    }

    @Test
    void aCommitThatIsReportedAsFailedButHappenedIsNotRepeatedNorItsFilesDeleted() {
        TableWriter writer = open();
        writer.write(created(P0, 0, 1));
        catalog.failNextAfter(() -> new CommitFailedException("the retry found the table changed: by itself"));
        assertThat(writer.commit()).isPresent();

        assertThat(rows()).isEqualTo(1);
        assertThat(readable()).isEqualTo(1);
    }

    @Test
    void aCommitThatDidNotHappenIsReportedAndReadAgainByTheNextWriter() {
        TableWriter writer = open();
        writer.write(created(P0, 0, 1));
        catalog.failNextBefore(() -> new IllegalStateException("connection lost"));
        assertThatThrownBy(writer::commit).isInstanceOf(PipelineException.class);

        TableWriter next = open();
        assertThat(next.next(P0)).isEmpty();
        next.write(created(P0, 0, 1));
        next.commit();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void aShapeThatChangesBetweenRowsChangesTheTable() {
        CollectionSchema wider = Orders.schema(
                new Column("note", Simple.TEXT, "text", true), new Column("added", Simple.TEXT, "text", true));
        CollectionSchema retyped = Orders.schema(new Column("note", Simple.DATE, "date", true));
        TableWriter writer = open();
        writer.write(created(P0, 0, 1));
        writer.write(new ChangeRecord(P0, 1, Orders.event(wider, 2, "note", "added")));
        writer.write(created(P0, 2, 3));
        writer.write(new ChangeRecord(P0, 3, Orders.event(retyped, 4, 20_000)));
        writer.commit();

        assertThat(rows()).isEqualTo(4);
        assertThat(readable()).isEqualTo(4);
        assertThat(table().schema().findField("added")).isNotNull();
        assertThat(table().schema().findField("note__date")).isNotNull();
    }

    @Test
    void whatIsAbandonedLeavesNoFile() {
        TableWriter writer = open();
        writer.write(created(P0, 0, 1));
        writer.abandon();

        assertThat(writer.rows()).isZero();
        assertThat(catalog.dataFiles()).isEmpty();
    }

    private TableWriter open() {
        return TableWriter.open(tables.openOrCreate(Orders.SCHEMA), CommitListener.NONE);
    }

    private Table table() {
        return tables.find(Orders.SCHEMA.id()).orElseThrow();
    }

    private Snapshot current() {
        return table().currentSnapshot();
    }

    private long rows() {
        return Long.parseLong(current().summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
    }

    /** Counted by opening every manifest and data file. */
    private long readable() {
        long[] rows = {0};
        table().newScan().planFiles().forEach(task -> {
            assertThat(table().io().newInputFile(task.file().location()).exists())
                    .isTrue();
            rows[0] += task.file().recordCount();
        });
        return rows[0];
    }
}
