package io.vaultline.iceberg.write;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.iceberg.lake.LakeErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends files to a table together with the offsets up to which they make it complete, if nobody else has written
 * since.
 *
 * <p>Data files are deleted only when it is certain that the commit did not happen. When that can't be learnt they
 * stay: an unused file costs space, a missing one costs data.
 */
final class TableCommitter {
    private static final Logger LOG = LoggerFactory.getLogger(TableCommitter.class);

    private final Table table;
    private Optional<OffsetsMark> mark;

    /** Takes the table's newest mark as the state that the next commit builds on. */
    TableCommitter(Table table) {
        this.table = table;
        this.mark = OffsetsMark.of(table);
    }

    /** What the table was complete up to when this writer last read or wrote it. */
    Optional<OffsetsMark> mark() {
        return mark;
    }

    /**
     * One commit, retried by Iceberg while others change the table without moving the mark.
     *
     * @param offsets the offsets that the files' rows lead up to; other partitions stay where they are
     * @throws PipelineException with {@code LAKE_FENCED} if another writer has moved the mark, otherwise of class
     *     {@code LAKE}; the commit may then have happened or not
     */
    void commit(List<DataFile> files, Map<String, Long> offsets) {
        SortedMap<String, Long> complete = new TreeMap<>();
        mark.ifPresent(present -> complete.putAll(present.offsets()));
        complete.putAll(offsets);
        OffsetsMark next = new OffsetsMark(UUID.randomUUID().toString(), complete);
        MarkCheck check = new MarkCheck(mark, next.commitId());
        try {
            append(files, next, check).commit();
        } catch (MarkCheck.AlreadyCommitted e) {
            LOG.info("The commit to {} succeeded although its answer was lost", table.name());
        } catch (ValidationException | CommitFailedException e) {
            CatalogUtil.deleteFiles(
                    table.io(), files.stream().map(DataFile::location).toList(), "refused data");
            throw check.refusal().map(refusal -> fenced(refusal, e)).orElseGet(() -> failed(e));
        } catch (RuntimeException e) {
            if (!happened(next, e)) {
                throw failed(e);
            }
        }
        mark = Optional.of(next);
    }

    private AppendFiles append(List<DataFile> files, OffsetsMark next, MarkCheck check) {
        AppendFiles append = table.newAppend()
                .set(OffsetsMark.OFFSETS_KEY, next.offsetsJson())
                .set(OffsetsMark.COMMIT_KEY, next.commitId())
                .validateWith(check);
        files.forEach(append::appendFile);
        return append;
    }

    /** Looks whether a commit of unknown outcome is in the table. */
    private boolean happened(OffsetsMark next, RuntimeException failure) {
        LOG.warn("The outcome of a commit to {} is not known; looking into the table", table.name());
        try {
            table.refresh();
            return OffsetsMark.of(table).equals(Optional.of(next));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private PipelineException failed(RuntimeException e) {
        return LakeErrors.translate(e, "commit to table " + table.name());
    }

    private PipelineException fenced(String refusal, RuntimeException e) {
        return new PipelineException(
                ErrorCode.LAKE_FENCED,
                "Another writer has written to the table: " + refusal,
                "table " + table.name(),
                "Let one pipeline only write to it; give a second one another lake.namespace.",
                e);
    }
}
