package io.vaultline.infer;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.infer.FieldProfile.Kind;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.HubSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds arrays of documents in sampled rows, of whose elements a multi-active satellite could hold a row each. */
public final class SetProposals {
    private static final String ELEMENTS = "[]";
    /** Fewer rows with elements say nothing of their shape. */
    private static final int FEW = 5;
    /** The share of elements that have to be documents, and of a field's values that have to be of its kind. */
    private static final double MOST = 0.9;
    /** A field that fewer elements have is left to the column with the whole array. */
    private static final double HALF = 0.5;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern ID = Pattern.compile("(?i)(.*_)?(id|key|no|nr|number|code|sku)|.*[a-z]Id");

    private final EntitySpec entity;
    private final CollectionProfile profile;

    private SetProposals(EntitySpec entity, CollectionProfile profile) {
        this.entity = entity;
        this.profile = profile;
    }

    /** @return one for each entity that has such arrays, in the order of the entities */
    public static List<SetProposal> of(VaultModel model, Map<CollectionId, CollectionProfile> samples) {
        List<SetProposal> proposals = new ArrayList<>();
        for (EntitySpec entity : model.entities()) {
            CollectionProfile profile = samples.get(entity.schema().id());
            if (profile != null && entity.anchor() instanceof HubSpec) {
                new SetProposals(entity, profile).propose().ifPresent(proposals::add);
            }
        }
        return proposals;
    }

    /** An array whose elements could be rows. */
    private record Elements(String array, FieldProfile profile, Map<String, String> columns, Optional<String> subKey) {
        /** Which of them are documents. */
        double documents() {
            return (double) profile.kinds().getOrDefault(Kind.OBJECT, 0) / profile.values();
        }

        String statement() {
            String key = subKey.map(name -> ", sub-key: [" + name + "]").orElse("");
            String typed = columns.entrySet().stream()
                    .map(column -> column.getKey() + ": " + column.getValue())
                    .collect(Collectors.joining(", "));
            return "{name: " + VaultNames.safe(array) + ", array: " + array + key + ", columns: {" + typed + "}}";
        }

        String reason(String entity) {
            return String.format(
                    Locale.ROOT,
                    "%s.%s holds %d documents in %d sampled rows%s; confidence %.2f",
                    entity,
                    array,
                    profile.kinds().getOrDefault(Kind.OBJECT, 0),
                    profile.rows(),
                    subKey.map(name -> ", told apart by " + name).orElse(""),
                    documents());
        }
    }

    private Optional<SetProposal> propose() {
        CollectionSchema schema = profile.schema();
        List<Elements> found = schema.columns().stream()
                .filter(column -> column.type() == Simple.JSON || schema.kind() == CollectionKind.DOCUMENTS)
                .flatMap(column -> elements(column.name()).stream())
                .toList();
        if (found.isEmpty() || schema.key().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SetProposal(
                entity.name(),
                found.stream().map(Elements::array).toList(),
                "{name: " + entity.name() + ", satellites: "
                        + found.stream().map(Elements::statement).collect(Collectors.joining(", ", "[", "]")) + "}",
                found.stream().map(set -> set.reason(entity.name())).collect(Collectors.joining("; "))));
    }

    private Optional<Elements> elements(String array) {
        FieldProfile field = profile.fields().get(array + ELEMENTS);
        if (field == null || field.rows() < FEW || !NAME.matcher(array).matches()) {
            return Optional.empty();
        }
        Map<String, String> columns = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        profile.fields().forEach((path, values) -> {
            Optional<String> name = fieldOf(array, path).filter(n -> values.values() >= HALF * field.values());
            name.flatMap(n -> type(values)).ifPresent(type -> columns.put(name.orElseThrow(), type));
            name.filter(n -> tellsApart(n, values, field)).ifPresent(keys::add);
        });
        Elements elements = new Elements(array, field, columns, keys.stream().findFirst());
        return columns.isEmpty() || elements.documents() < MOST ? Optional.empty() : Optional.of(elements);
    }

    /** The field's name, if the path is that of a field of an element. */
    private static Optional<String> fieldOf(String array, String path) {
        String start = array + ELEMENTS + ".";
        return Optional.of(path)
                .filter(p -> p.startsWith(start))
                .map(p -> p.substring(start.length()))
                .filter(name -> NAME.matcher(name).matches());
    }

    private static Optional<String> type(FieldProfile field) {
        return field.kinds().entrySet().stream()
                .filter(kind -> kind.getValue() >= MOST * field.values())
                .findFirst()
                .flatMap(kind -> switch (kind.getKey()) {
                    case NUMBER ->
                        Optional.of(field.keys().stream().allMatch(SetProposals::isWhole) ? "int64" : "decimal");
                    case TEXT -> Optional.of("text");
                    case BOOLEAN -> Optional.of("boolean");
                    case OBJECT, ARRAY, OTHER -> Optional.<String>empty();
                });
    }

    private static boolean isWhole(String number) {
        return number.indexOf('.') < 0 && number.length() <= 18;
    }

    /** Whether a field that is called like a key is in each element, and never twice in one array of several. */
    private static boolean tellsApart(String name, FieldProfile field, FieldProfile elements) {
        return ID.matcher(name).matches()
                && field.repeats() == 0
                && field.values() == elements.values()
                && field.values() > field.rows();
    }
}
