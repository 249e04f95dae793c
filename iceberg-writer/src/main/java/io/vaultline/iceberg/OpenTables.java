package io.vaultline.iceberg;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.iceberg.write.TableCommit;
import io.vaultline.iceberg.write.TableWriter;
import io.vaultline.kafka.ChangeRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writers of the topics that this process owns, and which of them is due for a commit. Used by one thread. */
final class OpenTables {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTables.class);

    /** What all writers may hold in memory before the largest is committed ahead of time, in bytes. */
    private static final long MAX_BUFFERED_BYTES = 64L << 20;

    /** Another writer once is a hand-over that overlapped; again and again it is another pipeline. */
    private static final int MAX_REFUSALS = 3;

    private static final class Open {
        private final TableWriter writer;
        private long firstRowNanos;

        Open(TableWriter writer) {
            this.writer = writer;
        }
    }

    private final long intervalNanos;
    private final int maxRows;
    private final Map<String, Open> byTopic = new TreeMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    /**
     * @param interval the longest time that a row waits
     * @param maxRows rows of one table that do not wait
     */
    OpenTables(Duration interval, int maxRows) {
        this.intervalNanos = interval.toNanos();
        this.maxRows = maxRows;
    }

    boolean has(String topic) {
        return byTopic.containsKey(topic);
    }

    @Nullable
    TableWriter writer(String topic) {
        Open open = byTopic.get(topic);
        return open == null ? null : open.writer;
    }

    void add(String topic, TableWriter writer) {
        byTopic.put(topic, new Open(writer));
    }

    /** The topics with an open writer. */
    Set<String> topics() {
        return Set.copyOf(byTopic.keySet());
    }

    /** Writes a change; false if its topic has no open writer. */
    boolean write(ChangeRecord change, long nowNanos) {
        Open open = byTopic.get(change.partition().topic());
        if (open == null) {
            return false;
        }
        if (open.writer.rows() == 0) {
            open.firstRowNanos = nowNanos;
        }
        open.writer.write(change);
        return true;
    }

    /** Commits what is due. */
    List<TableCommit> commitDue(long nowNanos) {
        List<TableCommit> commits = new ArrayList<>();
        for (String topic : topics()) {
            Open open = byTopic.get(topic);
            if (open != null && isDue(open, nowNanos)) {
                commit(topic, open.writer).ifPresent(commits::add);
            }
        }
        relieveMemory(commits);
        return commits;
    }

    /** Commits everything. */
    List<TableCommit> commitAll() {
        List<TableCommit> commits = new ArrayList<>();
        new TreeMap<>(byTopic)
                .forEach((topic, open) -> commit(topic, open.writer).ifPresent(commits::add));
        return commits;
    }

    /** Drops all writers as they are: when the store does not answer, their files can't be deleted either. */
    void forgetAll() {
        byTopic.clear();
    }

    /** Abandons a topic's writer; its uncommitted rows are read again by whoever comes next. */
    void abandon(String topic) {
        Open open = byTopic.remove(topic);
        if (open != null) {
            open.writer.abandon();
        }
    }

    private boolean isDue(Open open, long nowNanos) {
        long rows = open.writer.rows();
        return rows >= maxRows || (rows > 0 && nowNanos - open.firstRowNanos >= intervalNanos);
    }

    private void relieveMemory(List<TableCommit> commits) {
        while (byTopic.values().stream()
                        .mapToLong(open -> open.writer.bufferedBytes())
                        .sum()
                > MAX_BUFFERED_BYTES) {
            byTopic.entrySet().stream()
                    .max(Comparator.comparingLong(
                            entry -> entry.getValue().writer.bufferedBytes()))
                    .flatMap(entry -> commit(entry.getKey(), entry.getValue().writer))
                    .ifPresent(commits::add);
        }
    }

    private Optional<TableCommit> commit(String topic, TableWriter writer) {
        try {
            Optional<TableCommit> commit = writer.commit();
            refusals.remove(topic);
            return commit;
        } catch (PipelineException e) {
            byTopic.remove(topic);
            if (e.code() != ErrorCode.LAKE_FENCED || refusals.merge(topic, 1, Integer::sum) >= MAX_REFUSALS) {
                throw e;
            }
            LOG.warn("{}; going on from where the table stands", e.getMessage());
            return Optional.empty();
        }
    }
}
