package io.vaultline.capture.postgres;

import io.vaultline.capture.output.SnapshotParts.Range;
import io.vaultline.capture.postgres.TableSample.Sample;
import io.vaultline.capture.postgres.TableSample.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cuts tables into chunks of about one size: by ranges of keys where the keys stand in the table in about their order,
 * so that the database reads each page once; else by ranges of pages, which need no order but can't be resumed; else
 * not at all.
 */
final class ChunkPlan {
    /** Whether neighbours of the key are neighbours in the table, as PostgreSQL's own statistics put it. */
    private static final double IN_ORDER = 0.5;

    /** Above it, reading a table once for each of a few ranges costs more than to begin anew after a kill. */
    private static final long SCATTERED_BYTES = 512L << 20;

    private static final int SCATTERED_CHUNKS = 8;

    private final long chunkBytes;

    /** @param chunkBytes of a table, about so many of them a chunk */
    ChunkPlan(long chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    /** How many chunks a table of a size has, if nothing is in the way. */
    int count(Size size) {
        return Math.toIntExact(size.bytes() / chunkBytes + 1);
    }

    /**
     * Whether the table is to be read by ranges of its keys.
     *
     * @param hasPages whether ranges of its pages can be read instead
     */
    static boolean isByKey(Sample sample, Size size, boolean hasPages) {
        return !isScattered(sample) || size.bytes() <= SCATTERED_BYTES || !hasPages;
    }

    private static boolean isScattered(Sample sample) {
        return Math.abs(sample.correlation()) < IN_ORDER;
    }

    /** The chunks of a table that is read by its keys, without those that are durable. */
    List<Chunk> byKey(TableLoad load, KeyOrder order, Sample sample, Size size) {
        List<List<String>> boundaries =
                isScattered(sample) ? some(sample.boundaries(), SCATTERED_CHUNKS) : sample.boundaries();
        long each = size.bytes() / (boundaries.size() + 1);
        List<Chunk> chunks = new ArrayList<>();
        for (Range range : KeyRanges.missing(order, load.parts(), boundaries, load.position())) {
            chunks.add(new Chunk(load, Optional.of(range), KeyRanges.condition(order, range), each));
        }
        return chunks;
    }

    private static List<List<String>> some(List<List<String>> boundaries, int count) {
        int step = boundaries.size() / count + 1;
        return IntStream.range(0, boundaries.size())
                .filter(i -> i % step == step - 1)
                .mapToObj(boundaries::get)
                .toList();
    }

    /** The chunks of a table that is read by its pages. */
    List<Chunk> byPage(TableLoad load, Size size) {
        int count = count(size);
        long each = Math.max(1, size.pages() / count);
        List<Chunk> chunks = new ArrayList<>();
        for (long page = 0; page == 0 || page < size.pages(); page += each) {
            List<String> conditions = new ArrayList<>();
            if (page > 0) {
                conditions.add("ctid >= '(" + page + ",0)'");
            }
            if (page + each < size.pages()) {
                conditions.add("ctid < '(" + (page + each) + ",0)'");
            }
            chunks.add(new Chunk(load, Optional.empty(), String.join(" AND ", conditions), size.bytes() / count));
        }
        return chunks;
    }
}
