package io.vaultline.vault.file;

import io.vaultline.vault.expression.ExpressionException;
import io.vaultline.vault.expression.Kind;
import io.vaultline.vault.model.EntitySpec;

/** Holds a column that the vault model file has computed against the columns that are there. */
final class ComputedCheck {
    private final EntitySpec entity;
    private final Problems problems;

    ComputedCheck(EntitySpec entity, Problems problems) {
        this.entity = entity;
        this.problems = problems;
    }

    void check(DeclaredComputed column) {
        String name = column.name().name();
        if (column.isTaken(entity.schema())) {
            problems.add(column.name().where(), "`" + entity.name() + "` has a column `" + name + "` of its own");
        }
        try {
            Kind kind = column.kind(entity.schema());
            if (!column.fits(kind)) {
                problems.add(
                        column.text().where(),
                        "`is` makes a " + kind + ", and `" + name + "` is to be " + TypeNames.of(column.type()));
            }
        } catch (ExpressionException e) {
            ComputedSection.add(e, column.text(), problems);
        }
    }
}
