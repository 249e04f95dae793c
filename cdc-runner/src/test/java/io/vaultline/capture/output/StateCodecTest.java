package io.vaultline.capture.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    private static final Map<String, Long> ENDS = Map.of("topic-0", 5L, "topic-1", Long.MAX_VALUE);

    private final List<Object> found = new ArrayList<>();

    private final StateCodec.StateBuilder builder = new StateCodec.StateBuilder() {
        @Override
        public void position(StreamPosition position) {
            found.add(position);
        }

        @Override
        public void snapshot(SnapshotMark mark) {
            found.add(mark);
        }

        @Override
        public void ends(Map<String, Long> offsets) {
            found.add(offsets);
        }

        @Override
        public void owner(String id) {
            found.add(id);
        }
    };

    @Test
    void anOwnerComesBack() {
        StateCodec.read("s", StateCodec.ownerKey("s"), StateCodec.owner("who"), builder);
        assertThat(found).containsExactly(Map.of(), "who");
    }

    @Test
    void aPositionComesBackWithItsOffset() {
        StreamPosition position = new StreamPosition(
                new CommitOrder(Long.MAX_VALUE, 3), Map.of("lsn", 5L, "big", Long.MAX_VALUE, "token", "x\"y"));
        StateCodec.read("s", StateCodec.positionKey("s"), StateCodec.position(position, ENDS), builder);
        assertThat(found).containsExactly(ENDS, position);
    }

    @Test
    void aMarkComesBackWhateverItsCollectionIsCalled() {
        SnapshotMark mark = new SnapshotMark(new CollectionId("s", "a.b", "c\"]"), 7, "id");
        StateCodec.read("s", StateCodec.snapshotKey(mark.id()), StateCodec.snapshot(mark, ENDS), builder);
        assertThat(found).containsExactly(ENDS, mark);
    }

    @Test
    void theRangesOfASnapshotComeBack() {
        SnapshotParts parts = new SnapshotParts("a\nb", List.of())
                .with(new SnapshotParts.Range(List.of(), List.of("1", "x\"y"), 5))
                .with(new SnapshotParts.Range(List.of("3", ""), List.of(), Long.MAX_VALUE));
        SnapshotMark mark = new SnapshotMark(new CollectionId("s", "a", "b"), Long.MAX_VALUE, "id", false, parts);
        StateCodec.read("s", StateCodec.snapshotKey(mark.id()), StateCodec.snapshot(mark, ENDS), builder);
        assertThat(found).containsExactly(ENDS, mark);
        assertThat(mark.captured()).isFalse();
        assertThat(mark.oldest()).isEqualTo(5);
    }

    @Test
    void whatBelongsToAnotherSourceIsLeftOut() {
        StreamPosition position = new StreamPosition(new CommitOrder(1, 1), Map.of());
        StateCodec.read("s", StateCodec.positionKey("other"), StateCodec.position(position, ENDS), builder);
        assertThat(found).isEmpty();
    }
}
