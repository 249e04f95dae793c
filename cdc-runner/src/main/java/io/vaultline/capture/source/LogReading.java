package io.vaultline.capture.source;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The log of a source at one moment.
 *
 * @param measures what could be measured
 * @param alerts what is past its limit: a sentence for the log, by the name of the limit
 */
public record LogReading(Map<LogMeasure, Double> measures, Map<String, String> alerts) {
    public LogReading {
        measures = Map.copyOf(measures);
        alerts = Map.copyOf(alerts);
    }

    /** Gathers measures and alerts. For one thread. */
    public static final class Builder {
        private final Map<LogMeasure, Double> measures = new EnumMap<>(LogMeasure.class);
        private final Map<String, String> alerts = new TreeMap<>();

        /** Says what a measure is. */
        public Builder measure(LogMeasure measure, double value) {
            measures.put(measure, value);
            return this;
        }

        /** Says that a limit is passed, or says nothing. */
        public Builder alertIf(boolean passed, String limit, String sentence) {
            if (passed) {
                alerts.put(limit, sentence);
            }
            return this;
        }

        /** What was gathered. */
        public LogReading build() {
            return new LogReading(measures, alerts);
        }
    }
}
