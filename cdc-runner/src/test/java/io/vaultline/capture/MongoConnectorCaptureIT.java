package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.config.SourceConfig;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.CollectionTruncated;
import io.vaultline.event.DataChangeEvent.RowRead;
import java.util.Comparator;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Debezium's connector does not say that a collection was dropped; the lists of collections do, a moment later. */
class MongoConnectorCaptureIT extends MongoCaptureContract {
    MongoConnectorCaptureIT() {
        super(SourceConfig.Engine.DEBEZIUM);
    }

    @Test
    void aCollectionThatIsDroppedAndMadeAgainEndsItsOldDocuments() {
        database().getCollection("again").insertOne(new Document("_id", 1));
        changes("again", 1);
        database().getCollection("again").drop();
        database().getCollection("again").insertOne(new Document("_id", 2));
        Waiting.until(() -> log().events("again").stream().anyMatch(RowRead.class::isInstance));
        List<DataChangeEvent> events = log().events("again").stream()
                .sorted(Comparator.comparing(DataChangeEvent::order))
                .toList();
        List<DataChangeEvent> old = events.stream()
                .takeWhile(event -> !(event instanceof CollectionTruncated))
                .toList();
        // The new document's own change may come before its collection is read anew, or at the same time.
        List<DataChangeEvent> after = events.subList(old.size() + 1, events.size());
        assertThat(Ledger.row(old.get(0)).get("_id")).isEqualTo(1L);
        assertThat(after.get(0)).isInstanceOf(RowRead.class);
        assertThat(after)
                .allSatisfy(event -> assertThat(Ledger.row(event).get("_id")).isEqualTo(2L));
    }
}
