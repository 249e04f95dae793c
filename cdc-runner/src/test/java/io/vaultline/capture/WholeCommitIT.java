package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.kafka.KafkaClients;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is sent just before the end of a Kafka transaction is part of it.
 *
 * <p>Kafka's client asks "is anything unsent?" and, a moment later, "what is to be done next?". A record and the end of
 * its transaction that both arrive between the two questions were taken for an end with nothing unsent, and the record
 * stayed behind. The test holds the client's thread between them, by a set of its own for the client's set of unsent
 * batches, so it knows private fields of the client and has to follow them.
 */
@Timeout(60)
class WholeCommitIT {
    private static final String TOPIC = "whole";

    @TempDir
    private static Path directory;

    private static CaptureStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = CaptureStack.start(directory.resolve("stack"));
        try (Admin admin = new KafkaClients(stack.kafka()).admin()) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void whatIsSentAsTheClientLooksForItIsCommitted() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaClients(stack.kafka())
                .transactionalProducer(TOPIC, Map.of("delivery.timeout.ms", 20_000, "request.timeout.ms", 10_000))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "first");
            producer.flush();
            GlanceSet unsent = GlanceSet.into(producer);
            Thread caller = Thread.currentThread();
            Thread release = new Thread(() -> unsent.letGoWhenWaitedForBy(caller));
            producer.flush(); // wakes the client's thread
            unsent.awaitGlance();
            send(producer, "last");
            release.start();
            producer.commitTransaction();
            release.join();
        }
        assertThat(committed()).containsExactly("first", "last");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a record that fails makes the commit fail
    private static void send(KafkaProducer<byte[], byte[]> producer, String text) {
        producer.send(new ProducerRecord<>(TOPIC, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The end is that of all records, since a commit is answered before readers of what is committed see it. */
    private static List<String> committed() throws Exception {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        List<String> found = new ArrayList<>();
        KafkaClients clients = new KafkaClients(stack.kafka());
        try (Admin admin = clients.admin();
                KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            consumer.assign(List.of(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(item -> found.add(new String(item.value(), StandardCharsets.UTF_8)));
            }
        }
        return found;
    }

    /** The client's unsent batches; its network thread, once it has seen that there are none, is held until let go. */
    @SuppressWarnings("serial") // never serialised
    private static final class GlanceSet extends HashSet<Object> {
        private final CountDownLatch glanced = new CountDownLatch(1);
        private boolean released;

        static GlanceSet into(KafkaProducer<?, ?> producer) throws ReflectiveOperationException {
            Object accumulator = field(KafkaProducer.class, "accumulator").get(producer);
            Object incomplete = field(accumulator.getClass(), "incomplete").get(accumulator);
            GlanceSet set = new GlanceSet();
            Field batches = field(incomplete.getClass(), "incomplete");
            set.addAll((Set<?>) batches.get(incomplete));
            batches.set(incomplete, set);
            return set;
        }

        private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        }

        /** Called under this set's own lock, which waiting gives up, so that records can be added meanwhile. */
        @Override
        public boolean isEmpty() {
            boolean empty = super.isEmpty();
            if (empty && Thread.currentThread().getName().startsWith("kafka-producer-network-thread")) {
                glanced.countDown();
                awaitRelease();
            }
            return empty;
        }

        private void awaitRelease() {
            synchronized (this) {
                while (!released) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                }
            }
        }

        void awaitGlance() throws InterruptedException {
            glanced.await();
        }

        void letGoWhenWaitedForBy(Thread caller) {
            while (caller.getState() != Thread.State.WAITING && caller.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            synchronized (this) {
                released = true;
                notifyAll();
            }
        }
    }
}
