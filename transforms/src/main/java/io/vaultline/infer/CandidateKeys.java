package io.vaultline.infer;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words by what else than the primary key people may know a collection's rows. */
public final class CandidateKeys {
    /** So many rows that were not sampled are taken to speak against it: a small sample says little. */
    private static final int DOUBT = 20;

    private CandidateKeys() {}

    /** What the source enforces, a line each. */
    public static List<String> declared(CollectionSchema schema) {
        return schema.uniqueKeys().stream()
                .map(unique -> String.join(", ", unique.columns()) + ": a candidate key, since `" + unique.name()
                        + "` is unique" + (canBeNull(schema, unique) ? " where nothing of it is null" : "")
                        + "; certain")
                .toList();
    }

    /** What is unique in a sample only, a line each. */
    static List<String> sampled(CollectionProfile profile) {
        CollectionSchema schema = profile.schema();
        List<String> lines = new ArrayList<>();
        profile.fields().forEach((path, field) -> {
            boolean isKnown = schema.key().equals(List.of(path)) || isUnique(schema, path);
            if (!isKnown && schema.indexOf(path).isPresent() && LinkProposals.tellsRowsApart(field, profile)) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%s: a candidate key, with %d values in %d sampled rows; confidence %.2f",
                        path,
                        field.keys().size(),
                        profile.rows(),
                        (double) field.keys().size() / (profile.rows() + DOUBT)));
            }
        });
        return lines;
    }

    /** Whether the source enforces that a column tells rows apart, by itself. */
    static boolean isUnique(CollectionSchema schema, String column) {
        return schema.uniqueKeys().stream().anyMatch(unique -> unique.columns().equals(List.of(column)));
    }

    private static boolean canBeNull(CollectionSchema schema, UniqueKey unique) {
        return unique.columns().stream()
                .anyMatch(column -> schema.columns()
                        .get(schema.indexOf(column).orElseThrow())
                        .nullable());
    }
}
