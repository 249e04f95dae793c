package io.vaultline.capture.postgres;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as the catalog describes it.
 *
 * @param shape without the columns that are left out
 * @param types for each column of the shape
 */
record CatalogTable(Listing listing, CollectionSchema shape, List<PgColumn> types) {
    CatalogTable {
        types = List.copyOf(types);
    }

    /** A column of the shape, masked, with its base type in the table, domains resolved, and that type's modifiers. */
    record PgColumn(Column column, int oid, int precision, int scale, boolean generated, ColumnMask mask) {
        PgType type() {
            return PgType.ofOid(oid);
        }

        /** The value of our types for what PostgreSQL wrote, masked. */
        @Nullable
        Object value(@Nullable String text) {
            DataType plain = type().dataType(precision, scale);
            return mask.value(plain, ColumnValues.ofText(type(), plain, text));
        }
    }

    /** Whether {@code COPY} refuses to name the table itself: partitioned ones, and generated columns. */
    boolean copiedByQuery() {
        return listing.partitioned() || types.stream().anyMatch(PgColumn::generated);
    }

    Optional<PgColumn> find(String column) {
        return types.stream()
                .filter(type -> type.column().name().equals(column))
                .findFirst();
    }

    /**
     * What a glance at the catalog says of a table.
     *
     * @param deferrable whether rows may share the primary key until the commit
     * @param columnsAreMixedUp whether the engine can't tell the columns apart: the connector with names that differ by
     *     case only
     * @param membership what changes when the table leaves the publication and comes back; 0 while it is not in it
     */
    record Listing(
            CollectionId id,
            int oid,
            boolean partitioned,
            boolean unlogged,
            Identity identity,
            boolean deferrable,
            boolean columnsAreMixedUp,
            long membership) {
        /**
         * Whether changes of its rows can be told apart, since publishing it would else break its updates; and whether its
         * columns can.
         */
        boolean capturable() {
            return identity != Identity.NONE && !unlogged && !columnsAreMixedUp;
        }

        /**
         * What changes when a table is dropped and made again under its name, and when its changes were not published for
         * a while: the server has then left them out of the stream without a word.
         */
        String incarnation() {
            return Integer.toUnsignedString(oid) + ":" + membership;
        }

        /** Whether an incarnation is of this table, published or not. */
        boolean isSameTable(String incarnation) {
            return incarnation.startsWith(Integer.toUnsignedString(oid) + ":");
        }

        /** What the table's own rows are selected from: with those of its partitions, without those of its heirs. */
        String rows() {
            return partitioned ? quoted() : "ONLY " + quoted();
        }

        /** The table's name as SQL writes it. */
        String quoted() {
            return Sql.identifier(id.namespace()) + "." + Sql.identifier(id.name());
        }
    }

    /** What identifies a row in the changes that PostgreSQL sends. */
    enum Identity {
        PRIMARY_KEY,
        INDEX,
        FULL,
        NONE
    }
}
