package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.ForeignKey;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.inference.VaultInference;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

class ModelTextTest {
    private static final CollectionId USERS = new CollectionId("pg", "public", "users");
    private static final CollectionId ORDERS = new CollectionId("pg", "public", "orders");
    private static final CollectionId PURCHASES = new CollectionId("mongo", "app", "purchases");

    @Test
    void thePrintedFileIsReadBackWithTheSameLinks() {
        DeclaredModel declared = VaultFile.parse("links: [{from: purchases, path: user_id, to: users}]", "vault.yaml");

        DeclaredModel read = VaultFile.parse(text(declared), "printed");

        assertThat(read.links())
                .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                        .withIgnoredFieldsMatchingRegexes(".*where")
                        .build())
                .isEqualTo(declared.links());
    }

    @Test
    void theFileOfAModelWithoutAdditionsIsValidAndSaysWhatWasInferred() {
        String text = text(DeclaredModel.none());

        assertThat(VaultFile.parse(text, "printed").links()).isEmpty();
        assertThat(text)
                .contains("# orders  (pg.public.orders, views orders_current, orders_history)")
                .contains("#   hub_orders: key id; the primary key")
                .contains("#   sat_orders: user_id")
                .contains("#   link_orders_users: orders by id - users by user_id; a foreign key says so; certain");
    }

    private static String text(DeclaredModel links) {
        List<CollectionSchema> shapes = List.of(
                shape(USERS, List.of("id", "name"), List.of()),
                shape(
                        ORDERS,
                        List.of("id", "user_id"),
                        List.of(new ForeignKey("fk", List.of("user_id"), USERS, List.of("id")))),
                shape(PURCHASES, List.of("id", "user_id"), List.of()));
        return ModelText.of("dev", VaultInference.infer(shapes, links), links, Map.of());
    }

    private static CollectionSchema shape(CollectionId id, List<String> columns, List<ForeignKey> foreignKeys) {
        List<Column> typed = Stream.concat(Stream.of("id"), columns.stream().skip(1))
                .map(name -> new Column(name, DataType.Simple.INT64, "int8", false))
                .toList();
        return new CollectionSchema(id, CollectionKind.TABLE, typed, List.of("id"), foreignKeys);
    }
}
