package io.vaultline.vault;

/** Holds what the vault model file says of keys that mean the same against the hubs that have them. */
final class SameAsCheck {
    private final ModelNames names;
    private final Problems problems;

    SameAsCheck(ModelNames names, Problems problems) {
        this.names = names;
        this.problems = problems;
    }

    void check(DeclaredSameAs sameAs) {
        names.entity(sameAs.hub()).ifPresent(entity -> {
            if (!DeclaredModel.hasSameAs(entity)) {
                String why = entity.anchor() instanceof HubSpec
                        ? "` has no primary key, so no row of it gets another one"
                        : "` is a link, and same-as is said of a hub's keys";
                problems.add(sameAs.hub().where(), "`" + entity.name() + why);
            }
        });
    }
}
