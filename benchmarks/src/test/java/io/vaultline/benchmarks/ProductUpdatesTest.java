package io.vaultline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.vault.VaultMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProductUpdatesTest {
    private final ChangeSchema schema = ProductUpdates.schema();
    private final ChangeDecoder decoder = new ChangeDecoder(fingerprint -> schema);

    @Test
    void an_update_makes_a_hub_a_link_its_effectivity_and_two_satellites() {
        List<String> tables = new ArrayList<>();

        new VaultMapper(ProductUpdates.model())
                .map(decoder.decode(ProductUpdates.records()[0]), (table, values) -> tables.add(table.name()));

        assertThat(tables)
                .containsExactlyInAnyOrder(
                        "hub_products",
                        "link_products_sellers",
                        "sat_products_sellers_effectivity",
                        "sat_products_prices",
                        "sat_products");
    }

    @Test
    void the_hashes_by_themselves_are_those_that_the_mapper_makes() {
        DataChangeEvent event = decoder.decode(ProductUpdates.records()[7]);
        Set<String> alone = new HashSet<>();
        Set<String> mapped = new HashSet<>();

        new ProductHashes(ProductUpdates.PRODUCTS)
                .compute(
                        ((RowUpdated) event).after(),
                        hash -> alone.add(HexFormat.of().formatHex(hash)));
        new VaultMapper(ProductUpdates.model()).map(event, (table, values) -> {
            for (Object value : values) {
                if (value instanceof byte[] hash) {
                    mapped.add(HexFormat.of().formatHex(hash));
                }
            }
        });

        assertThat(alone).hasSize(5).isEqualTo(mapped);
    }
}
