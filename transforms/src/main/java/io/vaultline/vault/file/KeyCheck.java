package io.vaultline.vault.file;

import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.vault.model.EntitySpec;
import java.util.List;

/**
 * Holds the business key that the vault model file states for an entity against the source. Rows are found again by their
 * primary key, the one thing that every change carries; any other business key is a hub of its own.
 */
final class KeyCheck {
    private final EntitySpec entity;
    private final CollectionSchema schema;
    private final Problems problems;

    KeyCheck(EntitySpec entity, Problems problems) {
        this.entity = entity;
        this.schema = entity.schema();
        this.problems = problems;
    }

    /** @param key empty if the file does not say */
    void check(List<Named> key) {
        if (key.isEmpty() || key.stream().map(Named::name).toList().equals(schema.key())) {
            return;
        }
        for (Named column : key) {
            if (schema.indexOf(column.name()).isEmpty()) {
                problems.addUnknown(
                        column.where(),
                        "column of " + entity.name(),
                        column.name(),
                        schema.columns().stream().map(Column::name).toList());
            } else if (!schema.key().contains(column.name())) {
                notInKey(column);
            }
        }
        if (key.stream().allMatch(column -> schema.key().contains(column.name()))) {
            problems.add(
                    key.get(0).where(),
                    "the key of `" + entity.name() + "` at the source is `" + String.join("`, `", schema.key())
                            + "`, in this order");
        }
    }

    private void notInKey(Named column) {
        boolean nullable = schema.columns()
                .get(schema.indexOf(column.name()).orElseThrow())
                .nullable();
        String hub = "; declare a hub with the key `" + column + "` under `hubs`, and a link to it from `"
                + entity.name() + "` by `" + column + "`, which need neither";
        if (nullable) {
            problems.add(
                    column.where(),
                    "`" + column + "` can be null, so a row of `" + entity.name() + "` can be without it, and a delete"
                            + " carries it only with " + wholeRows() + hub);
        } else {
            problems.add(
                    column.where(),
                    "a delete of `" + entity.name() + "` carries its key" + sourceKey() + ", and `" + column
                            + "` only with " + wholeRows() + hub);
        }
    }

    private String sourceKey() {
        return schema.key().isEmpty() ? "" : " `" + String.join("`, `", schema.key()) + "`";
    }

    private String wholeRows() {
        return schema.kind() == CollectionKind.TABLE
                ? "`ALTER TABLE " + schema.id().namespace() + "." + schema.id().name() + " REPLICA IDENTITY FULL`"
                : "`db.runCommand({collMod: '" + schema.id().name()
                        + "', changeStreamPreAndPostImages: {enabled: true}})`";
    }
}
