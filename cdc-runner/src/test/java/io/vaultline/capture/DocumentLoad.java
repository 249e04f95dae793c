package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * Changes documents without pause until it is stopped, some of them in transactions, notes each change, and compares them
 * with what was captured. It goes on over outages of the server.
 */
final class DocumentLoad implements AutoCloseable {
    /** Documents that are changed; their ids begin with 0. */
    static final int KEYS = 300;

    private static final long OUTAGE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    /** Ids and values of what {@link #insertMany} and {@link #withOpenTransaction} insert, far from the others. */
    private static final long FIRST_VALUE = 1_000_000_000L;

    private final MongoClient client;
    private final MongoCollection<Document> collection;
    private final Random random;
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong inserted = new AtomicLong(FIRST_VALUE);
    private final Map<Long, List<Ledger.Step>> steps = new ConcurrentHashMap<>();
    private final Writing writing;

    DocumentLoad(MongoClient client, MongoCollection<Document> collection, long seed) {
        this.client = client;
        this.collection = collection;
        this.random = new Random(seed);
        this.writing = new Writing(this::write);
    }

    private record Change(long id, Ledger.Step step) {
        void make(ClientSession session, MongoCollection<Document> collection) {
            switch (step.operation()) {
                case 'I' -> collection.insertOne(session, document());
                case 'U' -> collection.updateOne(session, Filters.eq("_id", id), Updates.set("v", step.value()));
                default -> collection.deleteOne(session, Filters.eq("_id", id));
            }
        }

        Document document() {
            return new Document("_id", id).append("v", step.value());
        }
    }

    private void write(BooleanSupplier stopped) {
        while (!stopped.getAsBoolean()) {
            try (ClientSession session = client.startSession()) {
                while (!stopped.getAsBoolean()) {
                    makeAndNote(session, random.nextInt(30) == 0 ? 2 + random.nextInt(30) : 1);
                }
            }
        }
    }

    /** Changes of neighbouring documents; several are one transaction. */
    private void makeAndNote(ClientSession session, int count) {
        int first = random.nextInt(KEYS);
        List<Change> changes = IntStream.range(first, first + count)
                .mapToObj(id -> next(id % KEYS, made.incrementAndGet()))
                .toList();
        long begun = System.nanoTime();
        while (!isMade(session, changes, begun)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        note(changes);
    }

    private Change next(long id, long value) {
        List<Ledger.Step> noted = steps.getOrDefault(id, List.of());
        boolean exists = !noted.isEmpty() && noted.get(noted.size() - 1).operation() != 'D';
        if (!exists) {
            return new Change(id, new Ledger.Step('I', value));
        }
        return new Change(id, random.nextInt(5) > 0 ? new Ledger.Step('U', value) : new Ledger.Step('D', 0));
    }

    private void note(List<Change> changes) {
        changes.forEach(change ->
                steps.computeIfAbsent(change.id(), added -> new ArrayList<>()).add(change.step()));
    }

    /** Whoever gets an error does not know whether the change was made, so the document says it. */
    private boolean isMade(ClientSession session, List<Change> changes, long begun) {
        try {
            make(session, changes);
            return true;
        } catch (MongoException e) {
            if (System.nanoTime() - begun > OUTAGE_NANOS) {
                throw e;
            }
            return isFound(changes.get(0), begun);
        }
    }

    private void make(ClientSession session, List<Change> changes) {
        if (changes.size() == 1) {
            changes.get(0).make(session, collection);
        } else {
            session.withTransaction(() -> {
                changes.forEach(change -> change.make(session, collection));
                return null;
            });
        }
    }

    private boolean isFound(Change change, long begun) {
        while (true) {
            try {
                Document found = collection
                        .withReadConcern(ReadConcern.LINEARIZABLE)
                        .find(Filters.eq("_id", change.id()))
                        .first();
                return found == null
                        ? change.step().operation() == 'D'
                        : Objects.equals(found.get("v"), change.step().value());
            } catch (MongoException e) {
                if (System.nanoTime() - begun > OUTAGE_NANOS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Inserts documents in one transaction. */
    void insertMany(int count) {
        List<Change> changes =
                IntStream.range(0, count).mapToObj(n -> inserted()).toList();
        try (ClientSession session = client.startSession()) {
            session.withTransaction(() -> collection.insertMany(
                    session, changes.stream().map(Change::document).toList()));
        }
        note(changes);
    }

    /** Inserts a document in a transaction that ends only after the step. */
    void withOpenTransaction(FaultBench.Step step) throws Exception {
        Change change = inserted();
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            change.make(session, collection);
            step.run();
            session.commitTransaction();
        }
        note(List.of(change));
    }

    private Change inserted() {
        long value = inserted.incrementAndGet();
        return new Change(value, new Ledger.Step('I', value));
    }

    /** Changes made so far. */
    long made() {
        return made.get();
    }

    Writing writing() {
        return writing;
    }

    /** Lets it write for a while. */
    void goOn(Duration time) throws InterruptedException {
        writing.goOn(time);
    }

    /** Returns when the last change is made. */
    void stop() {
        writing.stop();
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
