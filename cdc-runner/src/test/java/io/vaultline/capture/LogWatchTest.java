package io.vaultline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vaultline.capture.source.LogMeasure;
import io.vaultline.capture.source.LogProbe;
import io.vaultline.capture.source.LogReading;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogWatchTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(LogWatch.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final LogWatch watch = new LogWatch("capture-pg", LogMeasure.ofSlot());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void listen() {
        said.start();
        logger.addAppender(said);
        watch.bindTo(meters);
    }

    @AfterEach
    void close() {
        logger.detachAppender(said);
        watch.close();
    }

    @Test
    void aLimitThatIsPassedIsSaidOnceAndOnceWhenItIsKeptAgain() {
        watch.look(kept(5, false));
        watch.look(kept(20, true));
        watch.look(kept(30, true));
        assertThat(lines()).containsExactly("capture-pg: 20 bytes are kept (alerts.x); see docs/operations.md");
        assertThat(watch.alerts()).containsExactly("30 bytes are kept");
        watch.look(kept(5, false));
        assertThat(lines()).hasSize(2).last().isEqualTo("capture-pg: alerts.x is kept again");
        assertThat(watch.alerts()).isEmpty();
    }

    @Test
    void whatCannotBeMeasuredIsNoNumberAndEndsNoAlert() {
        watch.look(kept(20, true));
        assertThat(retained()).isEqualTo(20);
        assertThat(meters.get(LogWatch.ALERTS).gauge().value()).isEqualTo(1);
        watch.look(new Fixed(null));
        assertThat(retained()).isNaN();
        assertThat(watch.alerts()).containsExactly("20 bytes are kept");
        watch.look(kept(20, true));
        assertThat(lines()).hasSize(1);
    }

    private double retained() {
        return meters.get(LogMeasure.SLOT_RETAINED.meter()).gauge().value();
    }

    private List<String> lines() {
        return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static LogProbe kept(int bytes, boolean alert) {
        return new Fixed(new LogReading.Builder()
                .measure(LogMeasure.SLOT_RETAINED, bytes)
                .alertIf(alert, "alerts.x", bytes + " bytes are kept")
                .build());
    }

    /** A source whose log is always the same, or that is away. */
    private record Fixed(@Nullable LogReading reading) implements LogProbe {
        @Override
        public LogReading read() {
            if (reading == null) {
                throw new PipelineException(ErrorCode.SOURCE_UNREACHABLE, "away", "here", "Wait.");
            }
            return reading;
        }

        @Override
        public void close() {}
    }
}
