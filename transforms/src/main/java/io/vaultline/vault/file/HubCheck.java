package io.vaultline.vault.file;

import io.vaultline.vault.model.HubSpec;

/** Holds a hub that the vault model file declares against the rest of the model. */
final class HubCheck {
    private final DeclaredModel declared;
    private final ModelNames names;
    private final Problems problems;

    HubCheck(DeclaredModel declared, ModelNames names, Problems problems) {
        this.declared = declared;
        this.names = names;
        this.problems = problems;
    }

    void check(DeclaredHub hub) {
        String name = hub.name().name();
        boolean isFed = declared.entities().stream()
                .flatMap(entity -> entity.hub().stream())
                .anyMatch(fed -> fed.name().equals(name));
        names.entityCalled(name)
                .filter(entity -> !(entity.anchor() instanceof HubSpec own
                        && own.declared().isPresent()))
                .ifPresent(entity -> problems.add(
                        hub.name().where(),
                        "a second hub `" + name + "`: " + entity.schema().id() + " is called so already"));
        boolean isLinked = declared.links().stream()
                .flatMap(link -> link.ends().stream())
                .anyMatch(end -> end.to().name().equals(name));
        boolean isMerged = declared.sameAs().stream()
                .anyMatch(same -> same.merges().isPresent() && same.hub().name().equals(name));
        if (!isFed && !isLinked && !isMerged) {
            problems.add(
                    hub.name().where(),
                    "no link leads to hub `" + name + "` and no entity hangs on it, so nothing would ever stand in it");
        }
    }
}
