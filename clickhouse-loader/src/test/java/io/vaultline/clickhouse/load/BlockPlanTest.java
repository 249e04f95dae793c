package io.vaultline.clickhouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.clickhouse.load.BlockPlan.Range;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BlockPlanTest {
    private static final BlockPlan PLAN =
            new BlockPlan("a-1", "t", new TreeMap<>(Map.of(0, new Range(5, 9), 12, new Range(0, 0))));

    @Test
    void aNoteIsReadAsItWasWritten() {
        assertThat(BlockPlan.parse("t", PLAN.text())).contains(PLAN);
        assertThat(PLAN.text()).isEqualTo("1;a-1;0:5-9,12:0-0");
    }

    @Test
    void notesOfOthersAreNone() {
        for (String other :
                new String[] {"", "1;", "1;a;", "2;a;0:5-9", "1;a;0:5", "1;a;0:5-9,", "1;;0:5-9", "1;a b;0:5-9"}) {
            assertThat(BlockPlan.parse("t", other)).as(other).isEmpty();
        }
    }

    @Test
    void itSaysWherePartitionsStandBeforeAndAfter() {
        TopicPartition zero = new TopicPartition("t", 0);
        TopicPartition twelve = new TopicPartition("t", 12);
        assertThat(PLAN.firstOffsets()).isEqualTo(Map.of(zero, 5L, twelve, 0L));
        assertThat(PLAN.nextOffsets()).isEqualTo(Map.of(zero, 10L, twelve, 1L));
        assertThat(new Range(5, 9).with(3)).isEqualTo(new Range(3, 9));
    }

    @Test
    void theLargestPlanFitsIntoANote() {
        TreeMap<Integer, Range> most = new TreeMap<>();
        for (int partition = 0; partition < 64; partition++) {
            most.put(10_000 + partition, new Range(Long.MAX_VALUE - 1, Long.MAX_VALUE));
        }
        assertThat(new BlockPlan(UUID.randomUUID().toString(), "t", most).text())
                .hasSizeLessThan(4_096);
    }
}
