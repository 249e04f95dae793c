package io.vaultline.capture.mongo;

import io.vaultline.capture.output.SnapshotParts;
import io.vaultline.capture.output.SnapshotParts.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.BsonValue;

/** Which ranges of a collection's {@code _id}s were read, and as of which cluster time. */
final class ReadIds {
    /** What the ranges of a mark are over. */
    static final String KEY = "_id";

    private final List<Read> reads;

    ReadIds(SnapshotParts parts) {
        this.reads = parts.ranges().stream()
                .map(range -> new Read(new IdRange(IdCut.from(range), IdCut.to(range)), range.position()))
                .sorted(Comparator.comparing(read -> read.range().from()))
                .toList();
    }

    private record Read(IdRange range, long time) {}

    /**
     * Ids from one place to another.
     *
     * @param to behind {@code from}
     */
    record IdRange(IdCut from, IdCut to) {
        static final IdRange ALL = new IdRange(IdCut.BEGINNING, IdCut.END);

        boolean has(BsonValue id) {
            return from.compareTo(IdCut.before(id)) <= 0 && to.compareTo(IdCut.after(id)) >= 0;
        }

        /** As a mark has it. */
        Range read(long time) {
            return new Range(from.texts(), to.texts(), time);
        }
    }

    /** The cluster time as of which an id's document was read; the least number if it was not. */
    long time(BsonValue id) {
        for (Read read : reads) {
            if (read.range().has(id)) {
                return read.time();
            }
        }
        return Long.MIN_VALUE;
    }

    /** The ranges that were not read, in their order. */
    List<IdRange> missing() {
        List<IdRange> missing = new ArrayList<>();
        IdCut reached = IdCut.BEGINNING;
        for (Read read : reads) {
            if (read.range().from().compareTo(reached) > 0) {
                missing.add(new IdRange(reached, read.range().from()));
            }
            reached = read.range().to();
        }
        if (reached.compareTo(IdCut.END) < 0) {
            missing.add(new IdRange(reached, IdCut.END));
        }
        return missing;
    }

    /** Ranges cut at ids, which are in any order. */
    static List<IdRange> cut(List<IdRange> ranges, List<BsonValue> ids) {
        List<IdCut> cuts = ids.stream().map(IdCut::before).sorted().distinct().toList();
        List<IdRange> pieces = new ArrayList<>();
        for (IdRange range : ranges) {
            IdCut from = range.from();
            for (IdCut cut : cuts) {
                if (cut.compareTo(from) > 0 && cut.compareTo(range.to()) < 0) {
                    pieces.add(new IdRange(from, cut));
                    from = cut;
                }
            }
            pieces.add(new IdRange(from, range.to()));
        }
        return pieces;
    }
}
