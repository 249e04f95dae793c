package io.vaultline.infer;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.infer.FieldProfile.Kind;
import io.vaultline.vault.file.DeclaredHub;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.DocumentLink;
import io.vaultline.vault.file.Named;
import io.vaultline.vault.file.Place;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.HubSpec;
import io.vaultline.vault.model.LinkEnd;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds values in sampled rows that name rows of other collections: by how many of them are among the other's keys, and
 * by what they are called. A key is the primary key, or a column that tells all rows apart; of such a one a hub is
 * proposed too.
 */
public final class LinkProposals {
    /** Fewer values say nothing. */
    private static final int FEW = 5;
    /** A column that tells so few rows apart may do it by chance, and so may a match that its name does not bear out. */
    private static final int MANY = 20;
    /** The share of values that must be found; below it only a name makes a proposal, and an unsure one. */
    private static final double MOST = 0.9;

    private static final double HALF = 0.5;
    /** A few rows that share a business key are mistakes, not its nature. */
    private static final double NEARLY_ALL = 0.99;
    /** What the confidence loses without a name. */
    private static final double NAMELESS = 0.8;

    private static final Place NOWHERE = new Place(1, 1);

    private final VaultModel model;
    private final DeclaredModel declared;
    private final Map<CollectionId, CollectionProfile> samples;
    private final List<Target> targets = new ArrayList<>();
    private final Set<List<String>> linked = new HashSet<>();
    private final List<Proposal> proposals = new ArrayList<>();

    private LinkProposals(VaultModel model, DeclaredModel declared, Map<CollectionId, CollectionProfile> samples) {
        this.model = model;
        this.declared = declared;
        this.samples = samples;
    }

    /**
     * @param declared what the model was inferred with; what it says already is not proposed
     * @param samples of as many collections as there are samples of
     * @return in the order of the entities and their paths
     */
    public static List<Proposal> of(
            VaultModel model, DeclaredModel declared, Map<CollectionId, CollectionProfile> samples) {
        return new LinkProposals(model, declared, samples).find();
    }

    private List<Proposal> find() {
        declared.links()
                .forEach(link ->
                        link.ends().forEach(end -> linked.add(List.of(link.from(), String.join("\0", end.paths())))));
        for (LinkSpec link : model.links()) {
            List<LinkEnd> ends = link.ends();
            model.entityOf(link.collection())
                    .ifPresent(from -> ends.stream()
                            .skip(1)
                            .forEach(end -> linked.add(List.of(from.name(), String.join("\0", end.key())))));
        }
        hubs().forEach(this::targets);
        hubs().forEach(entity -> profile(entity).fields().keySet().stream()
                .sorted()
                .forEach(path -> best(entity, path).ifPresent(match -> propose(entity, path, match))));
        return List.copyOf(proposals);
    }

    private Stream<EntitySpec> hubs() {
        return model.entities().stream()
                .filter(entity -> entity.anchor() instanceof HubSpec
                        && samples.containsKey(entity.schema().id()));
    }

    private CollectionProfile profile(EntitySpec entity) {
        return samples.getOrDefault(entity.schema().id(), CollectionProfile.of(entity.schema(), List.of()));
    }

    private void targets(EntitySpec entity) {
        CollectionSchema schema = entity.schema();
        CollectionProfile profile = profile(entity);
        schema.columns().forEach(column -> {
            FieldProfile field = profile.fields().get(column.name());
            boolean isKey = schema.key().equals(List.of(column.name()));
            if (field != null && (isKey || tellsRowsApart(schema, column.name(), field, profile))) {
                Optional<DataType> type = keyType(column.type());
                type.ifPresent(t -> targets.add(new Target(entity, column.name(), t, isKey, field)));
            }
        });
    }

    /** Whether the source enforces it, or the sample lets one think so. */
    private static boolean tellsRowsApart(
            CollectionSchema schema, String column, FieldProfile field, CollectionProfile profile) {
        return CandidateKeys.isUnique(schema, column) || tellsRowsApart(field, profile);
    }

    /** Whether nearly every row has a value of its own there. */
    static boolean tellsRowsApart(FieldProfile field, CollectionProfile profile) {
        boolean oneKind = field.isOnly(Kind.NUMBER) || field.isOnly(Kind.TEXT);
        return oneKind
                && profile.rows() >= MANY
                && field.rows() >= NEARLY_ALL * profile.rows()
                && field.keys().size() >= NEARLY_ALL * field.rows();
    }

    private static Optional<DataType> keyType(DataType column) {
        if (column == Simple.INT16 || column == Simple.INT32 || column == Simple.INT64) {
            return Optional.of(Simple.INT64);
        }
        return column == Simple.TEXT || column == Simple.UUID ? Optional.of(column) : Optional.empty();
    }

    /** A target, and how sure it is that a path's values name its rows. */
    private record Match(Target target, FieldProfile field, double confidence, double overlap, boolean isNamed) {}

    private Optional<Match> best(EntitySpec entity, String path) {
        FieldProfile field = profile(entity).fields().get(path);
        boolean isOwnKey = entity.schema().key().contains(path);
        if (field == null || field.keys().size() < FEW || isOwnKey || linked.contains(List.of(entity.name(), path))) {
            return Optional.empty();
        }
        return targets.stream()
                .filter(target -> !target.entity().name().equals(entity.name()) || target.isKey())
                .flatMap(target -> match(field, path, target).stream())
                .max(Comparator.comparingDouble(Match::confidence)
                        .thenComparing(match -> match.target().isKey())
                        .thenComparing(match -> match.target().entity().name(), Comparator.reverseOrder()));
    }

    private static Optional<Match> match(FieldProfile field, String path, Target target) {
        double overlap = target.overlap(field);
        boolean isNamed = target.isNamedBy(path);
        if (isNamed && overlap >= HALF) {
            double confidence = overlap >= MOST ? overlap : overlap * NAMELESS;
            return Optional.of(new Match(target, field, confidence, overlap, true));
        }
        boolean saysMuch = field.keys().size() >= MANY && !target.field().isDense();
        return saysMuch && overlap >= MOST
                ? Optional.of(new Match(target, field, overlap * NAMELESS, overlap, false))
                : Optional.empty();
    }

    private void propose(EntitySpec entity, String path, Match match) {
        Target target = match.target();
        if (target.isKey()) {
            add(
                    Optional.empty(),
                    entity.name(),
                    path,
                    target.entity().name(),
                    match.confidence(),
                    reason(entity, path, match));
            return;
        }
        Optional<String> known = hubOf(target);
        Optional<DeclaredHub> hub = known.isPresent() ? Optional.empty() : Optional.of(newHub(target));
        String name = known.orElseGet(() -> hub.orElseThrow().name().name());
        if (linked.add(List.of(target.entity().name(), target.column()))) {
            String unique = String.format(
                    Locale.ROOT,
                    "%s.%s has %d values in %d sampled rows, and %s.%s names them; confidence %.2f",
                    target.entity().name(),
                    target.column(),
                    target.field().keys().size(),
                    target.field().rows(),
                    entity.name(),
                    path,
                    match.confidence());
            add(hub, target.entity().name(), target.column(), name, match.confidence(), unique);
            add(Optional.empty(), entity.name(), path, name, match.confidence(), reason(entity, path, match));
        } else {
            add(hub, entity.name(), path, name, match.confidence(), reason(entity, path, match));
        }
    }

    private void add(Optional<DeclaredHub> hub, String from, String path, String to, double confidence, String reason) {
        linked.add(List.of(from, path));
        proposals.add(new Proposal(hub, DocumentLink.of(from, path, to, NOWHERE), confidence, reason));
    }

    private static String reason(EntitySpec entity, String path, Match match) {
        return String.format(
                Locale.ROOT,
                "%.0f %% of %d distinct values in %s.%s are in %s.%s%s; confidence %.2f",
                100 * match.overlap(),
                match.field().keys().size(),
                entity.name(),
                path,
                match.target().entity().name(),
                match.target().column(),
                match.isNamed() ? ", which it is called like" : "",
                match.confidence());
    }

    /** The declared or proposed hub that a target's column is linked to already. */
    private Optional<String> hubOf(Target target) {
        Stream<DocumentLink> links =
                Stream.concat(declared.links().stream(), proposals.stream().map(Proposal::link));
        return links.filter(link -> link.from().equals(target.entity().name()))
                .flatMap(link -> link.ends().stream())
                .filter(end -> end.paths().equals(List.of(target.column())))
                .map(end -> end.to().name())
                .findFirst();
    }

    private DeclaredHub newHub(Target target) {
        Set<String> taken = new HashSet<>();
        model.entities().forEach(entity -> taken.add(entity.name()));
        model.keyHubs().forEach(hub -> taken.add(hub.name()));
        proposals.forEach(
                proposal -> proposal.hub().ifPresent(hub -> taken.add(hub.name().name())));
        String stem = VaultNames.safe(Target.stem(target.column()));
        String name = stem.equals("_") || taken.contains(stem)
                ? target.entity().name() + "_" + VaultNames.safe(target.column())
                : stem;
        String free = name;
        for (int n = 2; taken.contains(free); n++) {
            free = name + "_" + n;
        }
        return DeclaredHub.of(new Named(free, NOWHERE), VaultNames.safe(target.column()), target.type());
    }
}
