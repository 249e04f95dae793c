package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowDeleted;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;

/** Changes documents without pause until it is stopped, notes each change, and compares them with what was captured. */
final class DocumentLoad implements AutoCloseable {
    /** Documents that are changed; their ids begin with 0. */
    static final int KEYS = 300;

    private final MongoCollection<Document> collection;
    private final Random random;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong made = new AtomicLong();
    private final Map<Long, List<Ledger.Step>> steps = new HashMap<>();
    private final CompletableFuture<Void> writing;

    DocumentLoad(MongoCollection<Document> collection, long seed) {
        this.collection = collection;
        this.random = new Random(seed);
        this.writing = CompletableFuture.runAsync(this::write);
    }

    private void write() {
        while (!stopped.get()) {
            change(random.nextInt(KEYS), made.incrementAndGet());
        }
    }

    private void change(long id, long value) {
        List<Ledger.Step> noted = steps.computeIfAbsent(id, added -> new ArrayList<>());
        boolean exists = !noted.isEmpty() && noted.get(noted.size() - 1).operation() != 'D';
        if (!exists) {
            collection.insertOne(new Document("_id", id).append("v", value));
            noted.add(new Ledger.Step('I', value));
        } else if (random.nextInt(5) > 0) {
            collection.updateOne(Filters.eq("_id", id), Updates.set("v", value));
            noted.add(new Ledger.Step('U', value));
        } else {
            collection.deleteOne(Filters.eq("_id", id));
            noted.add(new Ledger.Step('D', 0));
        }
    }

    /** Changes made so far. */
    long made() {
        return made.get();
    }

    /** Lets it write for a while. */
    void goOn(Duration time) throws InterruptedException {
        try {
            writing.get(time.toMillis(), TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the load has ended");
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load has failed", e);
        }
    }

    /** Returns when the last change is made. */
    void stop() {
        stopped.set(true);
        writing.join();
    }

    /**
     * Fails unless each document's captured changes are the noted ones, or the state after some of them and then the
     * rest. An update comes with the document of a moment later, so its value may be that of a later update.
     *
     * @return how many captured changes followed a snapshot
     */
    int compare(List<DataChangeEvent> events) {
        Map<Long, List<Ledger.Step>> captured = captured(events);
        assertThat(steps.keySet()).containsAll(captured.keySet());
        int followed = 0;
        for (Map.Entry<Long, List<Ledger.Step>> entry : steps.entrySet()) {
            List<Ledger.Step> noted = entry.getValue();
            List<Ledger.Step> found = captured.getOrDefault(entry.getKey(), List.of());
            boolean read = !found.isEmpty() && found.get(0).operation() == 'R';
            List<Ledger.Step> changes = read ? found.subList(1, found.size()) : found;
            int from = noted.size() - changes.size();
            assertThat(from).as("document %s", entry.getKey()).isNotNegative();
            assertThat(changes.stream().map(Ledger.Step::operation))
                    .as("document %s", entry.getKey())
                    .containsExactlyElementsOf(noted.subList(from, noted.size()).stream()
                            .map(Ledger.Step::operation)
                            .toList());
            long before = from == 0 ? 0 : noted.get(from - 1).value();
            assertThat(read ? found.get(0).value() : 0)
                    .as("document %s", entry.getKey())
                    .isEqualTo(before);
            compareValues(entry.getKey(), noted.subList(from, noted.size()), changes);
            followed += changes.size();
        }
        return followed;
    }

    private static void compareValues(long id, List<Ledger.Step> noted, List<Ledger.Step> changes) {
        for (int i = 0; i < changes.size(); i++) {
            Ledger.Step change = changes.get(i);
            if (change.operation() == 'I') {
                assertThat(change.value())
                        .as("document %s", id)
                        .isEqualTo(noted.get(i).value());
            } else if (change.operation() == 'U' && change.value() != 0) {
                assertThat(change.value())
                        .as("document %s", id)
                        .isGreaterThanOrEqualTo(noted.get(i).value());
            }
        }
    }

    /** What was captured, by document, in the order of the topic. Fails if that isn't the commits' order. */
    static Map<Long, List<Ledger.Step>> captured(List<DataChangeEvent> events) {
        Map<Long, List<Ledger.Step>> captured = new HashMap<>();
        Map<Long, DataChangeEvent> last = new HashMap<>();
        for (DataChangeEvent event : events) {
            Row row = Ledger.row(event);
            long id = (Long) Objects.requireNonNull(row.get("_id"));
            DataChangeEvent before = last.put(id, event);
            if (before != null) {
                assertThat(event.order()).isGreaterThan(before.order());
            }
            Object value = event instanceof RowDeleted ? null : row.get("v");
            long number = value == null || value == Unavailable.VALUE ? 0 : (Long) value;
            captured.computeIfAbsent(id, added -> new ArrayList<>())
                    .add(new Ledger.Step(Ledger.operation(event), number));
        }
        return captured;
    }

    @Override
    public void close() {
        stop();
    }
}
