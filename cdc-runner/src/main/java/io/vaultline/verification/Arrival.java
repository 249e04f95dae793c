package io.vaultline.verification;

import io.vaultline.event.Watermark;
import io.vaultline.kafka.Watermarks;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Waits until commits have gone all the way: first into Kafka, then into every store. */
final class Arrival {
    private final Watermarks watermarks;
    private final VerificationListener listener;

    Arrival(Watermarks watermarks, VerificationListener listener) {
        this.watermarks = watermarks;
        this.listener = listener;
    }

    /**
     * Returns when Kafka holds everything up to a commit of each source, or when nobody captures a source any more: then
     * what was captured is all there is, and what has changed since will show as a difference.
     *
     * @param commits the newest commit that counts, by source
     * @return the newest watermark of each source
     * @throws io.vaultline.error.PipelineException if a source was never captured, or the capture is late
     */
    Collection<Watermark> awaitCaptured(Map<String, Long> commits, Patience patience) {
        Map<String, Watermark> reached = new HashMap<>();
        Patience.Outcome outcome = patience.awaitOrStandstill(() -> {
            reached.putAll(watermarks.refresh());
            String late = new TreeSet<>(commits.keySet())
                    .stream()
                            .filter(source -> !covers(reached, source, commits))
                            .collect(Collectors.joining(", "));
            return late.isEmpty()
                    ? Patience.Missing.nothing()
                    : new Patience.Missing("waiting for the capture of " + late, Map.copyOf(reached));
        });
        if (outcome == Patience.Outcome.STANDSTILL) {
            if (!reached.keySet().containsAll(commits.keySet())) {
                throw patience.standstill("waiting for a first capture");
            }
            listener.standing("No pipeline captures at present: compared is what was captured before."
                    + " Later changes of a source show as differences.");
        }
        return List.copyOf(reached.values());
    }

    /** Returns when the stores hold everything that the watermarks cover. */
    void awaitStored(Collection<Watermark> reached, List<StoreProgress> stores, Patience patience) {
        for (StoreProgress store : stores) {
            patience.await(() -> {
                Map<String, Long> next = store.nextOffsets();
                long behind = behind(reached, next);
                return behind == 0
                        ? Patience.Missing.nothing()
                        : new Patience.Missing(reason(store, behind), List.of(next, watermarks.refresh()));
            });
        }
    }

    private static String reason(StoreProgress store, long behind) {
        return String.format(Locale.ROOT, "waiting for the %s: %,d changes behind", store.store(), behind);
    }

    private static boolean covers(Map<String, Watermark> reached, String source, Map<String, Long> commits) {
        Watermark watermark = reached.get(source);
        Long commit = commits.get(source);
        return watermark != null && commit != null && watermark.commitPosition() >= commit;
    }

    private static long behind(Collection<Watermark> reached, Map<String, Long> next) {
        Map<String, Long> ends = new HashMap<>();
        reached.forEach(
                watermark -> watermark.endOffsets().forEach((partition, end) -> ends.merge(partition, end, Math::max)));
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - next.getOrDefault(end.getKey(), 0L)))
                .sum();
    }
}
