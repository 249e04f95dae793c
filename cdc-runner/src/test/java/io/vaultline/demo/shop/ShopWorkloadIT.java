package io.vaultline.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.ServerKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopWorkloadIT {
    private static final ShopCatalog.Size SIZE = new ShopCatalog.Size(60, 10, 12, 120);

    @TempDir
    Path directory;

    @Test
    void everything_in_the_script_happens_in_the_databases() throws Exception {
        Instant now = Instant.now();
        Duration open = Duration.ofSeconds(3);
        ShopCatalog catalog = ShopCatalog.of(7, SIZE, now);
        List<List<Timeline.Entry>> script = ShopScript.of(7, catalog, SIZE, 200, now, open);
        try (Devstack stack = databases();
                ShopStores stores = stores(stack)) {
            new ShopOpening(stores).open(catalog, ShopScript.past(7, catalog, now));
            long before = stores.database().getCollection("purchases").countDocuments();
            try (ShopWorkload workload = ShopWorkload.start(stores, script, open)) {
                assertThat(workload.await(Duration.ofSeconds(60))).isTrue();

                assertThat(workload.transactions())
                        .isEqualTo(script.stream().mapToLong(List::size).sum());
                assertThat(workload.rows()).isGreaterThan(workload.transactions());
            }
            assertThat(stores.database().getCollection("purchases").countDocuments() - before)
                    .isEqualTo(200);
            assertThat(number(stores, "SELECT count(*) FROM shop.products WHERE discount IS NOT NULL"))
                    .isPositive();
            assertThat(number(stores, "SELECT count(*) FROM shop.products WHERE price = 0.01"))
                    .isZero();
            assertThat(
                            number(
                                    stores,
                                    "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = 'shop.products'::regclass"))
                    .isPositive();
        }
    }

    private Devstack databases() {
        return Devstack.builder()
                .directory(directory)
                .servers(EnumSet.of(ServerKind.POSTGRES, ServerKind.MONGODB))
                .start();
    }

    private static ShopStores stores(Devstack stack) {
        return new ShopStores(
                stack.endpoints().postgres().jdbcUrl(),
                stack.endpoints().postgres().user(),
                stack.endpoints().postgres().password(),
                stack.endpoints().mongodb().uri());
    }

    private static long number(ShopStores stores, String query) throws SQLException {
        try (Connection connection = stores.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }
}
