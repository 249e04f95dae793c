package io.vaultline.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.error.ErrorClass;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final CollectionId ORDERS = new CollectionId("pg", "public", "orders");
    private static final CollectionId NEW = new CollectionId("pg", "public", "new");
    private static final CollectionId DROPPED = new CollectionId("mongo", "app", "dropped");

    @Test
    void tables_that_the_pipeline_never_heard_of_are_not_passed_over() {
        Selection selection = Selection.of(
                Set.of(ORDERS, NEW), Map.of(ORDERS, schema(ORDERS), DROPPED, schema(DROPPED)), Optional.empty());

        assertThat(selection).isEqualTo(new Selection(List.of(schema(ORDERS)), List.of(NEW), List.of(DROPPED)));
    }

    @Test
    void a_table_is_named_with_or_without_namespace_and_source() {
        for (String name : List.of("orders", "public.orders", "pg.public.orders")) {
            Selection selection = Selection.of(Set.of(ORDERS, NEW), Map.of(ORDERS, schema(ORDERS)), Optional.of(name));

            assertThat(selection).isEqualTo(new Selection(List.of(schema(ORDERS)), List.of(), List.of()));
        }
    }

    @Test
    void a_table_that_no_source_has_is_wrong_usage() {
        assertThatCode(() -> Selection.require(Set.of(ORDERS), Optional.of("orders")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Selection.require(Set.of(ORDERS), Optional.of("order")))
                .isInstanceOfSatisfying(PipelineException.class, e -> {
                    assertThat(e.code().errorClass()).isEqualTo(ErrorClass.USER_CONFIG);
                    assertThat(e.remedy()).contains("pg.public.orders");
                });
    }

    private static CollectionSchema schema(CollectionId id) {
        Column key = new Column("id", DataType.Simple.INT64, "int8", false);
        return new CollectionSchema(id, CollectionKind.TABLE, List.of(key), List.of("id"), List.of());
    }
}
