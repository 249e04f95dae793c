package io.vaultline.iceberg.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.history.HistoryRange;
import io.vaultline.iceberg.table.HistoryTables;
import io.vaultline.iceberg.table.MemoryLake;
import io.vaultline.iceberg.write.CommitListener;
import io.vaultline.iceberg.write.TableWriter;
import io.vaultline.kafka.ChangeRecord;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.TopicPartition;

class RoundTripTest {
    private static final TopicPartition PARTITION = new TopicPartition("test.pg.public.anything", 0);

    @Provide
    Arbitrary<List<DataChangeEvent>> changes() {
        return Changes.ofOneCollection();
    }

    @Property(tries = 60)
    void aChangeOfAnyTypeComesOutOfTheHistoryAsItWentIn(@ForAll("changes") List<DataChangeEvent> changes) {
        HistoryTables tables = MemoryLake.tables();
        CollectionSchema schema = changes.get(0).schema();
        TableWriter writer = TableWriter.open(tables.openOrCreate(schema), CommitListener.NONE);
        for (int i = 0; i < changes.size(); i++) {
            writer.write(new ChangeRecord(PARTITION, i, changes.get(i)));
        }
        writer.commit();

        IcebergHistory history = new IcebergHistory(tables);
        List<DataChangeEvent> read = new ArrayList<>();
        history.read(schema, HistoryRange.all(), read::add);

        assertThat(read).containsExactlyInAnyOrderElementsOf(changes);
        assertThat(history.count(schema)).isEqualTo(changes.size());
    }
}
