package io.vaultline.vault.model;

import io.vaultline.event.CollectionId;
import java.util.List;

/**
 * What satellites hang on: a hub, or a link that has an identity of its own in a source table. Or what needs none: a
 * reference table, or a link of events.
 */
public sealed interface AnchorSpec permits HubSpec, LinkSpec, ReferenceSpec, EventSpec {
    /** Name without prefix, such as {@code products}: the entity's, or that of the declared hub it hangs on. */
    String name();

    /** Name of the table, such as {@code hub_products}. */
    String table();

    /** Name of the hash key's column, such as {@code products_hk}. */
    default String hashKey() {
        return name() + "_hk";
    }

    /** Where its rows come from. */
    CollectionId collection();

    /** Source columns stored in the table beside the hash keys: business key, or a link's own key columns. */
    List<String> keyColumns();
}
