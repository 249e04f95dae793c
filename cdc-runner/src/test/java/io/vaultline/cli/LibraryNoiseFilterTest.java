package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LibraryNoiseFilterTest {
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        context.addTurboFilter(new LibraryNoiseFilter());
        said.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(said);
    }

    @Test
    void aLibraryThatRepeatsItselfIsHeardOnceWhateverTheDetails() {
        Logger library = context.getLogger("org.apache.kafka.clients.NetworkClient");
        library.warn("Connection to node {} could not be established", -1);
        library.warn("Connection to node {} could not be established", -2);
        library.warn("Something else");

        assertThat(messages()).containsExactly("Connection to node -1 could not be established", "Something else");
    }

    @Test
    void ourOwnMessagesAlwaysPass() {
        Logger ours = context.getLogger("io.vaultline.cli.ProgressLog");
        ours.info("{}", "captured 1");
        ours.info("{}", "captured 2");

        assertThat(messages()).containsExactly("captured 1", "captured 2");
    }

    private List<String> messages() {
        return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
