package io.vaultline.vault.file;

import io.vaultline.vault.model.VaultModel;

/** Holds what the vault model file says against what the sources have. */
final class ModelCheck {
    private final DeclaredModel declared;
    private final HubCheck hubs;
    private final EntityCheck entities;
    private final LinkCheck links;
    private final SameAsCheck sameAs;

    ModelCheck(DeclaredModel declared, VaultModel model, Problems problems) {
        ModelNames names = new ModelNames(declared, model, problems);
        this.declared = declared;
        this.hubs = new HubCheck(declared, names, problems);
        this.entities = new EntityCheck(model, names, problems);
        this.links = new LinkCheck(model, names, problems);
        this.sameAs = new SameAsCheck(declared, names, problems);
    }

    void check() {
        declared.hubs().forEach(hubs::check);
        declared.entities().forEach(entities::check);
        declared.links().forEach(links::check);
        declared.sameAs().forEach(sameAs::check);
    }
}
