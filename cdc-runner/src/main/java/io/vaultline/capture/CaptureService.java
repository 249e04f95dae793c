package io.vaultline.capture;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vaultline.capture.mongo.MongoCapture;
import io.vaultline.capture.output.CaptureOutput;
import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.output.ChangeWriter;
import io.vaultline.capture.output.CrashPoint;
import io.vaultline.capture.output.Ownership;
import io.vaultline.capture.postgres.PostgresCapture;
import io.vaultline.capture.source.LogMeasure;
import io.vaultline.capture.source.LogProbe;
import io.vaultline.capture.source.SourceCapture;
import io.vaultline.config.PipelineConfig;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.service.Alongside;
import io.vaultline.service.MetricsSource;
import io.vaultline.service.Role;
import io.vaultline.service.RoleProgress;
import io.vaultline.service.Service;
import io.vaultline.service.SnapshotProgress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures one source into Kafka. Started again after any end, also a kill, it goes on where Kafka says that it stopped;
 * a second one for the same pipeline and source shuts the first out. An outage of the source is waited for, some minutes
 * long; one of Kafka as long as it takes.
 */
public final class CaptureService implements Service, MetricsSource {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureService.class);
    /** Gauge: changes that wait as dead letters, or behind them. */
    static final String WAITING = "vaultline.dead.letters.waiting";

    private static final long END_SECONDS = 3;
    private static final long RETRY_SECONDS = 3;

    private final String name;
    private final PipelineConfig pipeline;
    private final SourceConfig source;
    private final Supplier<SourceCapture> captures;
    private final RoleProgress progress;
    private final SnapshotProgress snapshots;
    private final CrashPoint crashPoint;
    private final Ownership ownership = new Ownership();
    private final Outage outage;
    private final LogWatch watch;
    private Optional<Prepared> prepared = Optional.empty();
    private volatile Optional<Running> running = Optional.empty();
    private volatile Optional<CaptureOutput> output = Optional.empty();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean streaming;

    /** A capture of one of the pipeline's sources. */
    public CaptureService(PipelineConfig pipeline, SourceConfig source) {
        this(pipeline, source, CrashPoint.NONE);
    }

    CaptureService(PipelineConfig pipeline, SourceConfig source, CrashPoint crashPoint) {
        this.crashPoint = crashPoint;
        this.name = "capture-" + source.name();
        this.pipeline = pipeline;
        this.source = source;
        this.progress = new RoleProgress(Role.CAPTURE, name);
        this.snapshots = new SnapshotProgress(name);
        this.captures = () -> capture(source, snapshots);
        this.outage = new Outage(name);
        this.watch = new LogWatch(
                name, source instanceof SourceConfig.Postgres ? LogMeasure.ofSlot() : LogMeasure.ofOplog());
    }

    /**
     * Gives up what can't be had any more: the next start captures from then on, and reads every collection again. An older
     * capture of the source, if one runs, is shut out.
     *
     * @throws PipelineException if the source or Kafka refuses
     */
    public static void recapture(PipelineConfig pipeline, SourceConfig source) {
        SourceCapture capture = capture(source, new SnapshotProgress("recapture-" + source.name()));
        try (capture;
                CaptureOutput output = CaptureOutput.takeOver(
                        new KafkaClients(pipeline.kafka()),
                        pipeline.pipeline(),
                        source.name(),
                        pipeline.maxWaiting(),
                        new Ownership())) {
            capture.check();
            CaptureState state = output.readState();
            capture.recapture(state, output.writer(state, (changes, newest) -> {}, CrashPoint.NONE));
        }
    }

    private static SourceCapture capture(SourceConfig source, SnapshotProgress snapshots) {
        if (source instanceof SourceConfig.Postgres postgres) {
            return new PostgresCapture(postgres, snapshots);
        }
        return new MongoCapture((SourceConfig.Mongo) source, snapshots);
    }

    private record Prepared(Alongside<SourceCapture> capture, Alongside<CaptureOutput> output) {}

    private record Running(SourceCapture capture, LogProbe probe, Thread thread) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        progress.bindTo(registry);
        snapshots.bindTo(registry);
        watch.bindTo(registry);
        Gauge.builder(WAITING, this, CaptureService::waitingChanges)
                .description("Changes that wait as dead letters, or behind them")
                .tags(RoleProgress.ROLE_TAG, Role.CAPTURE.label(), RoleProgress.SERVICE_TAG, name)
                .strongReference(true)
                .register(registry);
    }

    private int waitingChanges() {
        return output.map(CaptureOutput::waitingChanges).orElse(0);
    }

    /** {@inheritDoc} It looks at the source, and makes the clients of Kafka. */
    @Override
    public void prepare() {
        prepared = Optional.of(new Prepared(
                Alongside.begin("check-" + source.name(), this::checked),
                Alongside.begin("clients-" + source.name(), this::opened)));
    }

    /** {@inheritDoc} It takes over from an older capture of the same source, even if the source can't be reached. */
    @Override
    public void start(Consumer<PipelineException> onFailure) {
        if (prepared.isEmpty()) {
            prepare();
        }
        Prepared begun = prepared.orElseThrow();
        takeOver(begun.output().result());
        try {
            SourceCapture capture = begun.capture().result();
            Thread thread = new Thread(() -> run(capture, onFailure), name);
            thread.setDaemon(true);
            LogProbe probe = capture.probe();
            running = Optional.of(new Running(capture, probe, thread));
            watch.start(probe);
            thread.start();
        } catch (RuntimeException e) {
            letGo();
            throw e;
        }
    }

    private SourceCapture checked() {
        SourceCapture capture = captures.get();
        capture.check();
        return capture;
    }

    private CaptureOutput opened() {
        return CaptureOutput.open(
                new KafkaClients(pipeline.kafka()), pipeline.pipeline(), source.name(), pipeline.maxWaiting());
    }

    private CaptureOutput takeOver(CaptureOutput opened) {
        opened.takeOver(ownership);
        output = Optional.of(opened);
        return opened;
    }

    private void letGo() {
        output.ifPresent(CaptureOutput::close);
        output = Optional.empty();
    }

    private void run(SourceCapture capture, Consumer<PipelineException> onFailure) {
        try {
            boolean done = false;
            while (!done) {
                done = captured(capture);
            }
        } catch (PipelineException e) {
            failed(e, onFailure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed(unexpected(e), onFailure);
        } finally {
            streaming = false;
            letGo();
        }
    }

    /**
     * Captures until the end, or until the source or Kafka is away; then it waits a little. After an outage nothing that
     * was in hand is used: Kafka says what is durable, as after a kill.
     */
    private boolean captured(SourceCapture capture) throws InterruptedException {
        try {
            CaptureOutput current = output.isPresent() ? output.get() : takeOver(opened());
            CaptureState state = current.readState();
            outage.kafkaAnswers();
            ChangeWriter writer = current.writer(state, progress::committed, crashPoint);
            capture.run(current, state, writer, this::streaming);
            return true;
        } catch (PipelineException e) {
            streaming = false;
            if (closed.getCount() == 0 || !outage.isBorne(e)) {
                throw e;
            }
            LOG.debug("{} can't go on now", name, e);
            letGo();
            return closed.await(RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void streaming() {
        outage.over();
        streaming = true;
    }

    private void failed(PipelineException failure, Consumer<PipelineException> onFailure) {
        if (closed.getCount() == 0) {
            LOG.debug("{} failed while it was closed", name, failure);
            return;
        }
        onFailure.accept(failure);
    }

    private PipelineException unexpected(RuntimeException cause) {
        return new PipelineException(
                ErrorCode.INTERNAL,
                "The capture broke: " + cause.getClass().getSimpleName(),
                "source " + source.name(),
                "Report this with the log; a new start resumes where it stopped.",
                cause);
    }

    @Override
    public boolean ready() {
        return streaming;
    }

    @Override
    public List<String> alerts() {
        return watch.alerts();
    }

    @Override
    public Optional<String> waiting() {
        return outage.waiting();
    }

    @Override
    public void close() {
        closed.countDown();
        Optional<Running> current = running;
        if (current.isEmpty()) {
            return;
        }
        try {
            watch.close();
            current.get().probe().close();
            current.get().capture().close();
            Thread thread = current.get().thread();
            thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
            thread.interrupt();
            output.ifPresent(CaptureOutput::close);
            thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
