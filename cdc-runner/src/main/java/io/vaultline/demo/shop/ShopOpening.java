package io.vaultline.demo.shop;

import com.mongodb.client.model.ChangeStreamPreAndPostImagesOptions;
import com.mongodb.client.model.CreateCollectionOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Creates the shop's tables and collections and fills them. */
public final class ShopOpening {
    private static final List<String> COLLECTIONS = List.of("purchases", "cancellations", "ratings");

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ShopStores stores;

    public ShopOpening(ShopStores stores) {
        this.stores = stores;
    }

    /**
     * Creates everything anew; there must be no shop yet.
     *
     * @param past what has happened before, carried out at once
     */
    public void open(ShopCatalog catalog, List<List<Timeline.Entry>> past) throws SQLException, InterruptedException {
        try (Connection connection = stores.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(schema());
            }
            insert(connection, catalog.users(), ShopRows::insert);
            insert(connection, catalog.sellers(), ShopRows::insert);
            insert(connection, catalog.categories(), ShopRows::insert);
            insert(connection, catalog.products(), ShopRows::insert);
            insert(connection, catalog.inventory(), ShopRows::insert);
            connection.commit();
        }
        CreateCollectionOptions options = new CreateCollectionOptions()
                .changeStreamPreAndPostImagesOptions(new ChangeStreamPreAndPostImagesOptions(true));
        COLLECTIONS.forEach(name -> stores.database().createCollection(name, options));
        try (ShopWorkload workload = ShopWorkload.start(stores, past, AT_ONCE)) {
            if (!workload.await(PATIENCE)) {
                throw new IllegalStateException("the shop was not filled within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    /** Sends rows in batches; there are few distinct statements, one for each set of columns that are null. */
    private static <T> void insert(Connection connection, List<T> rows, Function<T, ShopStep.Statement> statement)
            throws SQLException {
        Map<String, List<List<Object>>> batches = new LinkedHashMap<>();
        for (T row : rows) {
            ShopStep.Statement insert = statement.apply(row);
            batches.computeIfAbsent(insert.text(), text -> new ArrayList<>()).add(insert.parameters());
        }
        for (Map.Entry<String, List<List<Object>>> batch : batches.entrySet()) {
            try (PreparedStatement prepared = connection.prepareStatement(batch.getKey())) {
                for (List<Object> parameters : batch.getValue()) {
                    for (int i = 0; i < parameters.size(); i++) {
                        prepared.setObject(i + 1, parameters.get(i));
                    }
                    prepared.addBatch();
                }
                prepared.executeBatch();
            }
        }
    }

    private static String schema() {
        try (InputStream sql = Objects.requireNonNull(ShopOpening.class.getResourceAsStream("schema.sql"))) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
