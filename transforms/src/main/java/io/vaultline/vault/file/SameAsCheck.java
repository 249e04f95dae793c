package io.vaultline.vault.file;

import io.vaultline.vault.file.DeclaredSameAs.DeclaredMerges;
import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.HubSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds what the vault model file says of keys that mean the same against the hubs that have them. */
final class SameAsCheck {
    private final DeclaredModel declared;
    private final ModelNames names;
    private final Problems problems;

    SameAsCheck(DeclaredModel declared, ModelNames names, Problems problems) {
        this.declared = declared;
        this.names = names;
        this.problems = problems;
    }

    void check(DeclaredSameAs sameAs) {
        if (sameAs.merges().isPresent()) {
            merges(sameAs, sameAs.merges().get());
        } else if (declared.hub(sameAs.hub().name()).isPresent()) {
            problems.add(
                    sameAs.hub().where(),
                    "the keys of hub `" + sameAs.hub()
                            + "` are values and don't change; name with `from`, `duplicate` and `master` what says which"
                            + " mean the same");
        } else {
            names.entity(sameAs.hub()).ifPresent(entity -> hub(sameAs.hub(), entity));
        }
    }

    private void hub(Named name, EntitySpec entity) {
        if (!DeclaredModel.hasSameAs(entity)) {
            problems.add(name.where(), "`" + entity.name() + "` " + why(entity));
        }
    }

    private static String why(EntitySpec entity) {
        if (!(entity.anchor() instanceof HubSpec hub)) {
            return "is " + ModelNames.describe(entity) + ", and same-as is said of a hub's keys";
        }
        return hub.declared().isPresent()
                ? "hangs on hub `" + hub.name() + "`, whose keys are not its own alone"
                : "has no primary key, so no row of it gets another one";
    }

    private void merges(DeclaredSameAs sameAs, DeclaredMerges merges) {
        List<HubKeyPart> key = names.targetKey(sameAs.hub());
        for (List<String> paths : merges.ends()) {
            if (!key.isEmpty() && key.size() != paths.size()) {
                problems.add(
                        sameAs.where(),
                        "`" + String.join("`, `", paths) + "` is not as many values as the key of `" + sameAs.hub()
                                + "` has parts, which are " + key.size());
            }
        }
        names.entity(merges.from()).ifPresent(entity -> rows(sameAs, merges, entity));
        if (!sameAs.isOneWhole()) {
            problems.add(
                    sameAs.where(),
                    "it is not clear which values make a pair: each path must lead to a value of its own, and all arrays"
                            + " on them must be the same, or within each other");
        }
        if (isCircle(sameAs.hub().name(), merges.from().name())) {
            problems.add(
                    sameAs.where(),
                    "a cycle: rows of `" + merges.from() + "` say which keys of `" + sameAs.hub()
                            + "` mean the same, and the other way round");
        }
    }

    private void rows(DeclaredSameAs sameAs, DeclaredMerges merges, EntitySpec entity) {
        if (!DeclaredModel.canMerge(entity)) {
            String why = entity.schema().key().isEmpty()
                    ? "has no primary key, so nothing tells which row took back what it said"
                    : "is " + ModelNames.describe(entity)
                            + ", and only rows with a hash key say which keys mean the same";
            problems.add(merges.from().where(), "`" + merges.from() + "` " + why);
        }
        sameAs.columns()
                .forEach(column -> names.column(new Named(column, merges.from().where()), entity));
    }

    /** Whether what rows of {@code from} say leads back to them over other such statements. */
    private boolean isCircle(String hub, String from) {
        Set<String> reached = new HashSet<>();
        List<String> next = new ArrayList<>(List.of(from));
        while (!next.isEmpty()) {
            String name = next.remove(0);
            for (DeclaredSameAs other : declared.sameAs()) {
                if (other.hub().name().equals(name) && other.merges().isPresent()) {
                    String source = other.merges().get().from().name();
                    if (reached.add(source)) {
                        next.add(source);
                    }
                }
            }
        }
        return !hub.equals(from) && reached.contains(hub);
    }
}
