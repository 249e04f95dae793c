package io.vaultline.clickhouse.vault;

import io.vaultline.clickhouse.wire.Sql;
import io.vaultline.vault.model.LinkColumn;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultColumn;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the query for what describes the relations of a link at each version of the rows that state them. */
final class LinkAttributes {
    private final LinkSpec link;
    private final TableLayout satellite;
    private final String table;

    /** @param link one that has attributes */
    LinkAttributes(String database, LinkSpec link, StoredVault vault) {
        this.link = link;
        this.satellite = vault.layout(vault.tables().satellite(link));
        this.table = Sql.name(database, link.satelliteTable());
    }

    /** The attributes' names as columns of a relation, with a comma before each. */
    static String list(LinkSpec link, Function<String, String> column) {
        return link.attributes().stream()
                .map(attribute -> ", " + column.apply(Sql.name(attribute.name())))
                .collect(Collectors.joining());
    }

    /** The join to rows called {@code row}, which have {@code linkKey} and the commit order of a version. */
    String join(String row) {
        return """

                LEFT JOIN (
                    %s
                ) AS attributeRow
                    ON attributeRow.linkKey = %s.linkKey
                    AND attributeRow.commit_position = %s.commit_position
                    AND attributeRow.commit_ordinal = %s.commit_ordinal""".formatted(rows(), row, row, row);
    }

    private String rows() {
        String key = Sql.name(link.hashKey());
        return "SELECT %s AS linkKey, commit_position, commit_ordinal, element_number%s FROM %s AS storedRow LIMIT 1 BY linkKey, commit_position, commit_ordinal, element_number"
                .formatted(
                        key,
                        link.attributes().stream()
                                .map(attribute -> ", " + value(attribute) + " AS " + Sql.name(attribute.name()))
                                .collect(Collectors.joining()),
                        table);
    }

    /** What the driving row says; what was not sent with it, it had said before. */
    private String value(LinkColumn attribute) {
        String stored = satellite.stored(attribute.name()).value("storedRow");
        if (attribute.isWithinArrays()) {
            return stored; // comes with the array, or the row says nothing of the link
        }
        String isLacking = "has(" + VaultColumn.UNAVAILABLE + ", " + Sql.text(attribute.name()) + ")";
        return "if(%s, (anyLastIf(tuple(%s), NOT %s) OVER (PARTITION BY %s ORDER BY commit_position, commit_ordinal)).1, %s)"
                .formatted(
                        isLacking,
                        stored,
                        isLacking,
                        Sql.name(link.ends().get(0).hashKey()),
                        stored);
    }
}
