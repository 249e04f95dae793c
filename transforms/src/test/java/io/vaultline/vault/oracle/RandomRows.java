package io.vaultline.vault.oracle;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Random rows of one history: few keys and few values, so that much happens to each. */
final class RandomRows {
    private static final int KEYS = 4;
    /** Keys that are there from the start, so that a reference to them leads somewhere. */
    private static final int FIRST_KEYS = 3;

    private static final int HOTELS = 2;
    private static final int ROOMS = 2;

    private static final List<@Nullable String> ITEMS = Arrays.asList(
            null,
            "[]",
            "[%1$d]",
            "[%1$d, %2$d]",
            "[%2$d, %1$d]",
            "[%1$d, %1$d]",
            "[%1$d, %2$d, %3$d]",
            "[\"x\"]",
            "{}");
    private static final List<@Nullable String> BOUGHT = Arrays.asList(
            null,
            "[]",
            "[{\"product_id\": %1$d}]",
            "[{\"product_id\": %1$d, \"quantity\": 1}, {\"product_id\": %2$d}]",
            "[{\"product_id\": %2$d}, {\"product_id\": %1$d, \"quantity\": 2}]",
            "[{\"product_id\": %1$d}, {\"product_id\": %1$d}]",
            "[{\"product_id\": \"%1$d\"}, {\"product_id\": null}, {\"product_id\": {\"$numberLong\": \"%2$d\"}}]",
            "[%1$d, [{\"product_id\": %2$d}], {\"product\": %3$d}, {\"product_id\": true}]",
            "{\"product_id\": %1$d}");
    private static final List<@Nullable String> MISFITS = Arrays.asList(
            null,
            "{\"customer\": \"%1$d\"}",
            "{\"customer\": null}",
            "{\"customer\": \"nobody\", \"items\": 7}",
            "{\"customer\": {\"$numberLong\": \"%2$d\"}, \"items\": \"[%1$d]\"}");

    private static final List<String> TEXTS = List.of("", "a", "A ", "b");

    private final int lane;

    RandomRows(int lane) {
        this.lane = lane;
    }

    /** Whether a row belongs to this history. */
    boolean isOwn(Row row) {
        Object first = SourceDatabase.identity(row).get(0);
        return first instanceof Number number
                ? number.longValue() / 10 == lane
                : String.valueOf(first).startsWith(lane + "-");
    }

    List<Row> firstRows() {
        SplittableRandom random = new SplittableRandom(lane);
        List<Row> rows = new ArrayList<>();
        for (int nth = 1; nth <= FIRST_KEYS; nth++) {
            rows.add(new Row(World.CUSTOMERS, id(nth), text(random)));
            rows.add(new Row(World.PRODUCTS, id(nth)));
            rows.add(random(World.ORDERS, Arrays.asList(id(nth)), random));
        }
        for (int nth = 0; nth < HOTELS * ROOMS; nth++) {
            rows.add(new Row(World.ROOMS, hotel(nth % HOTELS), nth / HOTELS, text(random)));
        }
        return rows;
    }

    /** A row with a random key, and with some of the values of a similar one, if that is given. */
    Row row(CollectionSchema schema, @Nullable Row similar, SplittableRandom random) {
        List<@Nullable Object> key = key(schema, random);
        return similar == null ? random(schema, key, random) : changed(similar, key, random);
    }

    /** A row under another key, with some of its values changed. */
    Row changed(Row old, List<@Nullable Object> key, SplittableRandom random) {
        Row fresh = random(old.schema(), key, random);
        @Nullable Object[] values = SourceDatabase.values(fresh).toArray();
        for (int i = 0; i < values.length; i++) {
            if (!old.schema().isKey(i) && random.nextInt(5) < 2) {
                values[i] = old.get(i);
            }
        }
        return new Row(old.schema(), values);
    }

    Row withKey(Row row, List<@Nullable Object> key) {
        @Nullable Object[] values = SourceDatabase.values(row).toArray();
        int[] indexes = row.schema().keyIndexes();
        for (int i = 0; i < indexes.length; i++) {
            values[indexes[i]] = key.get(i);
        }
        return new Row(row.schema(), values);
    }

    /** A key that no row has; null if it is hard to find. Rows without a key need none. */
    @Nullable
    List<@Nullable Object> freeKey(CollectionSchema schema, List<Row> there, SplittableRandom random) {
        for (int i = 0; i < 8; i++) {
            List<@Nullable Object> key = key(schema, random);
            if (schema.key().isEmpty()
                    || there.stream()
                            .noneMatch(row -> SourceDatabase.identity(row).equals(key))) {
                return key;
            }
        }
        return null;
    }

    /** Columns that are no part of an identity. */
    static Set<String> columns(CollectionSchema schema) {
        return schema.columns().stream()
                .map(Column::name)
                .filter(column -> !schema.key().contains(column))
                .collect(Collectors.toSet());
    }

    /** Columns that can be too long to be sent when a row's key changes. */
    static Set<String> longColumns(CollectionSchema schema) {
        return switch (schema.id().name()) {
            case "orders" -> Set.of("position", "Select `x");
            case "order_lines" -> Set.of("remark");
            case "rooms" -> Set.of("label");
            case "visits" -> Set.of("address");
            case "codes" -> Set.of("note");
            case "clients" -> Set.of("remark");
            default -> Set.of();
        };
    }

    private List<@Nullable Object> key(CollectionSchema schema, SplittableRandom random) {
        int nth = 1 + random.nextInt(KEYS);
        return switch (schema.id().name()) {
            case "order_lines" -> Arrays.asList(id(1 + random.nextInt(2)), id(1 + random.nextInt(FIRST_KEYS)));
            case "rooms" -> Arrays.asList(hotel(random.nextInt(HOTELS)), random.nextInt(ROOMS + 1));
            case "stays", "clients", "patrons" -> Arrays.asList((long) id(nth));
            case "codes" -> Arrays.asList(lane + "-" + nth);
            case "twins", "logins" -> Arrays.asList(lane + "-" + random.nextInt(2), reference(random));
            case "purchases" -> Arrays.asList(lane + "-" + nth);
            default -> Arrays.asList(id(nth));
        };
    }

    private Row random(CollectionSchema schema, List<@Nullable Object> key, SplittableRandom random) {
        return withKey(
                switch (schema.id().name()) {
                    case "customers", "products" ->
                        schema.equals(World.PRODUCTS)
                                ? new Row(schema, (Object) null)
                                : new Row(schema, null, text(random));
                    case "orders" ->
                        new Row(
                                schema,
                                text(random),
                                null,
                                reference(random),
                                reference(random),
                                number(random),
                                json(ITEMS, random),
                                text(random));
                    case "order_lines" -> new Row(schema, null, null, random.nextInt(3), text(random));
                    case "rooms" -> new Row(schema, null, null, text(random));
                    case "stays" -> stay(random);
                    case "twins", "logins" -> new Row(schema, null, null);
                    case "visits" -> new Row(schema, null, reference(random), address(random));
                    case "codes" -> new Row(schema, null, text(random), text(random));
                    case "clients" -> new Row(schema, text(random), null);
                    case "patrons", "merges" -> new Row(schema, null, reference(random));
                    default -> purchase(random);
                },
                key);
    }

    private Row stay(SplittableRandom random) {
        String hotel = random.nextInt(6) == 0 ? null : hotel(random.nextInt(HOTELS));
        return new Row(World.STAYS, null, hotel, random.nextInt(6) == 0 ? null : random.nextInt(ROOMS));
    }

    private Row purchase(SplittableRandom random) {
        String misfits = json(MISFITS, random);
        boolean otherCustomer = misfits != null && misfits.contains("customer");
        boolean otherItems = misfits != null && misfits.contains("items");
        Integer customer = reference(random);
        return new Row(
                World.PURCHASES,
                null,
                misfits,
                otherCustomer || customer == null ? null : Long.valueOf(customer),
                otherItems ? null : json(BOUGHT, random),
                text(random));
    }

    private @Nullable Integer reference(SplittableRandom random) {
        return random.nextInt(4) == 0 ? null : id(1 + random.nextInt(FIRST_KEYS));
    }

    private @Nullable String text(SplittableRandom random) {
        return random.nextInt(5) == 0 ? null : lane + "-" + TEXTS.get(random.nextInt(TEXTS.size()));
    }

    /** Of a customer, or one that only a visit names. */
    private @Nullable String address(SplittableRandom random) {
        return random.nextInt(3) == 0 ? lane + "-visited" : text(random);
    }

    private static @Nullable BigDecimal number(SplittableRandom random) {
        return random.nextInt(5) == 0 ? null : BigDecimal.valueOf(random.nextInt(4), 3);
    }

    private @Nullable String json(List<@Nullable String> patterns, SplittableRandom random) {
        String pattern = patterns.get(random.nextInt(patterns.size()));
        return pattern == null ? null : String.format(pattern, product(random), product(random), product(random));
    }

    private int product(SplittableRandom random) {
        return id(1 + random.nextInt(FIRST_KEYS));
    }

    private int id(int nth) {
        return lane * 10 + nth;
    }

    private String hotel(int nth) {
        return lane + "-" + nth;
    }
}
