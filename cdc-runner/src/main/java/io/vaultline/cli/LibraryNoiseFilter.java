package io.vaultline.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets a library say the same thing once every half a minute, since Kafka's clients repeat themselves each second while a
 * broker is away. Our own messages always pass. Named in logback.xml.
 */
public final class LibraryNoiseFilter extends TurboFilter {
    private static final String OURS = "io.vaultline";
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST_REMEMBERED = 1_000;

    private final ConcurrentMap<String, Long> lastSaid = new ConcurrentHashMap<>();

    @Override
    public FilterReply decide(
            Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        boolean passes = format == null
                || logger.getName().startsWith(OURS)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())
                || isNew(logger.getName() + ' ' + format, System.nanoTime());
        return passes ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private boolean isNew(String message, long now) {
        if (lastSaid.size() >= MOST_REMEMBERED) {
            lastSaid.clear();
        }
        Long before = lastSaid.get(message);
        boolean isNew = before == null || now - before >= PAUSE_NANOS;
        if (isNew) {
            lastSaid.put(message, now);
        }
        return isNew;
    }
}
