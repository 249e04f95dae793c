package io.vaultline.infer;

import io.vaultline.event.CollectionKind;
import io.vaultline.infer.FieldProfile.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words what a sample of a collection shows, without any value of it. */
public final class ProfileNotes {
    /** Documents can have very many fields. */
    private static final int MAX_PATHS = 60;

    private ProfileNotes() {}

    /** A line each; none without a sample. */
    public static List<String> of(CollectionProfile profile) {
        List<String> notes = new ArrayList<>();
        if (profile.rows() == 0) {
            return notes;
        }
        notes.add("sampled: " + profile.rows() + " rows");
        if (profile.schema().kind() == CollectionKind.DOCUMENTS) {
            profile.fields().entrySet().stream()
                    .limit(MAX_PATHS)
                    .forEach(field -> notes.add("  " + field.getKey() + ": " + kinds(field.getValue(), profile)));
            int more = profile.fields().size() - MAX_PATHS;
            if (more > 0) {
                notes.add("  and " + more + " paths more");
            }
        }
        profile.maps()
                .forEach((path, names) -> notes.add("  " + path + ": a map, kept as one: its " + names
                        + " names or more are data, none of them in many rows"));
        CandidateKeys.sampled(profile).forEach(line -> notes.add("  " + line));
        return notes;
    }

    private static String kinds(FieldProfile field, CollectionProfile profile) {
        int values = field.values();
        String kinds = field.kinds().entrySet().stream()
                .map(kind -> kind(kind, values))
                .collect(Collectors.joining(", "));
        return kinds + "; in " + percent(field.rows(), profile.rows()) + " of the rows";
    }

    private static String kind(Map.Entry<Kind, Integer> kind, int values) {
        String name = kind.getKey().name().toLowerCase(Locale.ROOT);
        return kind.getValue() == values ? name : name + " " + percent(kind.getValue(), values);
    }

    private static String percent(int part, int whole) {
        return String.format(Locale.ROOT, "%.0f %%", 100.0 * part / whole);
    }
}
