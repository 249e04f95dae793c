package io.vaultline.vault.file;

import io.vaultline.vault.model.EntitySpec;
import io.vaultline.vault.model.HubSpec;

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
                problems.add(sameAs.hub().where(), "`" + entity.name() + "` " + why(entity));
            }
        });
    }

    private static String why(EntitySpec entity) {
        if (!(entity.anchor() instanceof HubSpec hub)) {
            return "is " + ModelNames.describe(entity) + ", and same-as is said of a hub's keys";
        }
        return hub.declared().isPresent()
                ? "hangs on hub `" + hub.name() + "`, whose keys are not its own alone"
                : "has no primary key, so no row of it gets another one";
    }
}
