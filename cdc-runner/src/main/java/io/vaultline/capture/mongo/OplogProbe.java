package io.vaultline.capture.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import io.vaultline.capture.source.LogMeasure;
import io.vaultline.capture.source.LogProbe;
import io.vaultline.capture.source.LogReading;
import io.vaultline.config.SourceConfig;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the oplog, and at the capture's place in it. An oplog that is not full drops nothing, so it gives no alert. */
final class OplogProbe implements LogProbe {
    private static final Logger LOG = LoggerFactory.getLogger(OplogProbe.class);
    private static final int UNAUTHORIZED = 13;

    private final SourceConfig.Mongo config;
    private final MongoClient client;
    private final MongoFailures failures;
    private final LongSupplier place;
    private boolean refused;

    /**
     * @param client closed with this
     * @param place the cluster time up to which the capture has come; 0 if it is not known
     */
    OplogProbe(SourceConfig.Mongo config, MongoClient client, MongoFailures failures, LongSupplier place) {
        this.config = config;
        this.client = client;
        this.failures = failures;
        this.place = place;
    }

    @Override
    public LogReading read() {
        try {
            Optional<OplogWindow> window = refused ? Optional.empty() : OplogWindow.read(client);
            return window.map(found -> reading(found, place.getAsLong(), config.limits()))
                    .orElseGet(() -> new LogReading.Builder().build());
        } catch (MongoException e) {
            if (e.getCode() != UNAUTHORIZED) {
                throw failures.apply(e);
            }
            refused = true;
            LOG.info(
                    "{}: the user may not look at the oplog, so it is not measured; see docs/privileges.md",
                    config.name());
            return new LogReading.Builder().build();
        }
    }

    /** @param time the capture's place, a cluster time; 0 if it is not known */
    static LogReading reading(OplogWindow window, long time, SourceConfig.LogLimits limits) {
        double left = time == 0 ? Double.NaN : window.hoursTo(time >>> Integer.SIZE);
        return new LogReading.Builder()
                .measure(LogMeasure.OPLOG_WINDOW, window.hours())
                .measure(LogMeasure.OPLOG_LEFT, left)
                .measure(LogMeasure.OPLOG_USED, window.used())
                .alertIf(
                        window.isFull() && window.hours() < limits.oplogHours(),
                        "alerts.oplog-hours",
                        "the oplog holds %.1f hours of changes".formatted(window.hours()))
                .alertIf(
                        window.isFull() && left < limits.oplogLeftHours(),
                        "alerts.oplog-left-hours",
                        "the capture's place is %.1f hours from the oplog's end".formatted(left))
                .build();
    }

    @Override
    public void close() {
        client.close();
    }
}
