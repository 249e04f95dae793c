package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Vaults of users who state nothing must stay what they are, table by table and byte by byte. */
class NothingDeclaredTest {

    @Test
    void theTablesOfNorthwindAreWhatTheyAlwaysWere() {
        assertThat(digest(new VaultTables(northwind())
                        .all().stream().map(NothingDeclaredTest::layout).toList()))
                .isEqualTo("92c3d1598c24bc2d");
    }

    @Test
    void theRowsOfNorthwindAreWhatTheyAlwaysWere() {
        List<DataChangeEvent> events = new ArrayList<>();
        Northwind.schemas().forEach(schema -> events.addAll(changes(schema)));

        assertThat(digest(VaultRows.of(new VaultMapper(northwind()), events).all()))
                .isEqualTo("b432619667275f4b");
    }

    @Test
    void theRowsOfTheShopWithItsLinksAreWhatTheyAlwaysWere() {
        List<DataChangeEvent> events = new ArrayList<>();
        Shop.schemas().forEach(schema -> events.addAll(changes(schema)));

        assertThat(digest(VaultRows.of(new VaultMapper(Shop.model()), events).all()))
                .isEqualTo("0ed4ea2b11d4d2e6");
    }

    private static VaultModel northwind() {
        return VaultInference.infer(Northwind.schemas(), DeclaredModel.none());
    }

    /** Two rows, a change of one and its end, and the table emptied. */
    private static List<DataChangeEvent> changes(CollectionSchema schema) {
        Changes changes = Changes.of(schema);
        return List.of(
                changes.read(row(schema, 1)),
                changes.created(row(schema, 2)),
                changes.updated(row(schema, 1)),
                changes.deleted(row(schema, 1)),
                changes.truncated());
    }

    private static @Nullable Object[] row(CollectionSchema schema, int number) {
        return schema.columns().stream()
                .map(column -> value(column.type(), number))
                .toArray();
    }

    private static @Nullable Object value(DataType type, int number) {
        if (!(type instanceof Simple simple)) {
            return null;
        }
        return switch (simple) {
            case INT16, INT32, DATE -> number;
            case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> (long) number;
            case FLOAT32 -> number / 2f;
            case TEXT -> " Text " + number;
            case JSON -> "[{\"product_id\": %d}, {\"product_id\": 7}]".formatted(number);
            default -> null;
        };
    }

    private static String layout(VaultTable table) {
        return table.name() + table.columns() + table.sortingKey() + table.keep();
    }

    private static String digest(List<?> lines) {
        try {
            byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
