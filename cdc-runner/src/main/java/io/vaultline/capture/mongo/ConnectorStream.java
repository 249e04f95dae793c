package io.vaultline.capture.mongo;

import io.vaultline.capture.engine.BatchHandler;
import io.vaultline.capture.mongo.StreamEvent.Changed;
import io.vaultline.capture.mongo.StreamEvent.Looked;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** Hands on what Debezium's connector reads. It acknowledges nothing before the Kafka transaction was committed. */
final class ConnectorStream implements BatchHandler {
    private final ConnectorRecords records;
    private final MongoStream stream;

    ConnectorStream(String source, MongoStream stream) {
        this.records = new ConnectorRecords(source);
        this.stream = stream;
    }

    @Override
    public void handle(List<SourceRecord> batch, DurableOffset acknowledgement) throws InterruptedException {
        for (SourceRecord item : batch) {
            Map<String, ?> offset = item.sourceOffset();
            if (ConnectorRecords.isChange(item)) {
                stream.take(new Changed(ClusterTime.of(offset), () -> ClusterTime.token(offset), records.change(item)));
            } else if (ClusterTime.isWithoutEvent(offset)) {
                stream.take(new Looked(ClusterTime.of(offset), () -> ClusterTime.token(offset)));
            }
        }
        if (stream.settle()) {
            acknowledgement.advance(stream.durable().offset());
        }
    }
}
