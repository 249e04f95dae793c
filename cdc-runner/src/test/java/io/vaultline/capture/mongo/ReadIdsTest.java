package io.vaultline.capture.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.capture.mongo.ReadIds.IdRange;
import io.vaultline.capture.output.SnapshotParts;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonValue;

/** Ranges of ids: read ones and missing ones are all ids, once, whatever was read in whatever order. */
class ReadIdsTest {
    private static final SnapshotParts NONE = new SnapshotParts(ReadIds.KEY, List.of());

    @Provide
    Arbitrary<List<BsonValue>> ids() {
        return BsonArbitraries.ids().list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Integer>> times() {
        return Arbitraries.integers().between(0, 3).list().ofSize(20);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void eachIdIsInOneRangeWithTheTimeAsOfWhichItWasRead(
            @ForAll("ids") List<BsonValue> cuts,
            @ForAll("ids") List<BsonValue> ids,
            @ForAll("times") List<Integer> times) {
        List<IdRange> pieces = ReadIds.cut(new ReadIds(NONE).missing(), cuts);
        SnapshotParts parts = NONE;
        for (int i = pieces.size() - 1; i >= 0; i--) {
            if (times.get(i) > 0) {
                parts = parts.with(pieces.get(i).read(times.get(i)));
            }
        }
        ReadIds read = new ReadIds(parts);
        List<BsonValue> all = new ArrayList<>(ids);
        all.addAll(cuts);
        for (BsonValue id : all) {
            List<IdRange> holding =
                    pieces.stream().filter(piece -> piece.has(id)).toList();
            assertThat(holding).hasSize(1);
            int time = times.get(pieces.indexOf(holding.get(0)));
            assertThat(read.time(id)).isEqualTo(time == 0 ? Long.MIN_VALUE : time);
            assertThat(read.missing().stream().anyMatch(range -> range.has(id))).isEqualTo(time == 0);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aRangeThatIsReadUpToAnIdHasItAndLeavesTheRest(@ForAll("ids") List<BsonValue> ids) {
        BsonValue reached = ids.get(0);
        ReadIds read = new ReadIds(NONE.with(new IdRange(IdCut.BEGINNING, IdCut.after(reached)).read(7)));
        assertThat(read.time(reached)).isEqualTo(7);
        for (BsonValue id : ids) {
            boolean isRead = new BsonOrder().compare(id, reached) <= 0;
            assertThat(read.time(id)).isEqualTo(isRead ? 7 : Long.MIN_VALUE);
            assertThat(read.missing().stream().anyMatch(range -> range.has(id))).isEqualTo(!isRead);
        }
    }
}
