package io.vaultline.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Unavailable;
import io.vaultline.infer.VaultDiagram;
import io.vaultline.vault.file.DeclaredModel;
import io.vaultline.vault.file.VaultFile;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.inference.VaultInference;
import io.vaultline.vault.model.VaultColumn;
import io.vaultline.vault.model.VaultModel;
import io.vaultline.vault.model.VaultTable;
import io.vaultline.vault.model.VaultTables;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links of what happens once, without history of their own. */
class EventLinkTest {
    private static final CollectionSchema VISITS = Shapes.table("visits")
            .key("visit_id", Simple.INT64)
            .columns(Simple.INT64, "user_id", "guide_id")
            .column("users_hk", Simple.TEXT)
            .refers("user_id", "users", "user_id")
            .refers("guide_id", "users", "user_id")
            .schema();
    private static final DeclaredModel FILE = VaultFile.parse("""
            hubs: [{name: mood, key: [{name: stars, type: int32}, {name: word, text: [lower]}]}]
            entities:
              - {name: auth_events, as: event}
              - {name: visits, as: event}
              - {name: ratings, as: event}
            links:
              - {from: visits, path: guide_id, to: users, role: guide}
              - {from: ratings, path: product.id, to: products}
              - {from: ratings, path: [stars, product.word], to: mood}
            """, "vault.yaml");
    private static final String NONE = "0".repeat(32);

    private final VaultModel model =
            VaultInference.infer(List.of(Shop.USERS, Shop.AUTH_EVENTS, VISITS, Shop.PRODUCTS, Shop.RATINGS), FILE);
    private final HashContract hash = new HashContract();

    @Test
    void aLinkOfEventsIsOneTable() {
        FILE.check(model);

        assertThat(new VaultTables(model).all())
                .extracting(VaultTable::name)
                .filteredOn(name -> name.contains("auth_events") || name.contains("ratings") || name.contains("visits"))
                .containsExactly("link_ratings", "link_auth_events", "link_visits");
        assertThat(table("link_visits").columns())
                .extracting(VaultColumn::name)
                .endsWith("user_id_hk", "guide_hk", "visit_id", "user_id", "guide_id", "users_hk");
        assertThat(VaultDiagram.of(model))
                .contains("hub_users ||--o{ link_visits : \"guide\"", "hub_mood ||--o{ link_ratings : \"mood\"")
                .doesNotContain("sat_visits", "describes\"\n    hub_users ||--o{ sat_auth");
    }

    @Test
    void eachChangeIsARowOfItsOwn() {
        Changes visits = Changes.of(VISITS);

        VaultRows rows = VaultRows.of(
                model,
                visits.created(7L, 1L, 2L, "x"),
                visits.updated(7L, Unavailable.VALUE, null, Unavailable.VALUE),
                visits.deleted(7L, null, null, null));

        assertThat(rows.all()).hasSize(3).allSatisfy(row -> {
            assertThat(row.table().name()).isEqualTo("link_visits");
            assertThat(row.get("visits_hk")).isEqualTo(key(7));
        });
        assertThat(rows.all()).extracting(row -> row.get("user_id_hk")).containsExactly(key(1), NONE, NONE);
        assertThat(rows.all()).extracting(row -> row.get("guide_hk")).containsExactly(key(2), NONE, NONE);
        assertThat(rows.all()).extracting(row -> row.get("visit_id")).containsExactly(7L, 7L, null);
        assertThat(rows.all())
                .extracting(row -> row.get(VaultColumn.UNAVAILABLE))
                .containsExactly(List.of(), List.of("user_id_hk", "user_id", "users_hk"), List.of());
        assertThat(rows.all()).extracting(row -> row.get(VaultColumn.DELETED)).containsExactly(false, false, true);
    }

    @Test
    void aValueThatNamesARowOfAHubIsOne() {
        Changes ratings = Changes.of(Shop.RATINGS);

        VaultRows rows = VaultRows.of(
                model,
                ratings.created("r1", null, "{\"id\": 5, \"word\": \"Fine\"}", 3),
                ratings.created("r2", "{\"product\": 9}", null, 3),
                ratings.updated("r1", null, Unavailable.VALUE, 4));

        assertThat(rows.only("hub_products").get("product_id")).isEqualTo(5L);
        assertThat(rows.only("hub_mood").get("word")).isEqualTo("fine");
        assertThat(rows.in("link_ratings"))
                .extracting(row -> row.get("products_hk"))
                .containsExactly(key(5), NONE, NONE);
        assertThat(rows.in("link_ratings"))
                .extracting(row -> row.get("mood_hk"))
                .containsExactly(rows.only("hub_mood").get("mood_hk"), NONE, NONE);
        assertThat(rows.in("link_ratings"))
                .extracting(row -> row.get(VaultColumn.UNAVAILABLE))
                .containsExactly(List.of(), List.of(), List.of("products_hk", "mood_hk", "product"));
    }

    @Test
    void eventsWithoutAKeyAreTheirColumns() {
        Changes logins = Changes.of(Shop.AUTH_EVENTS);

        VaultRows rows = VaultRows.of(
                model, logins.created(1L, 5L, "login"), logins.created(1L, 5L, "login"), logins.created(1L, 5L, null));

        assertThat(rows.all())
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.get("users_hk")).isEqualTo(key(1)));
        assertThat(rows.all())
                .extracting(row -> row.get("auth_events_hk"))
                .satisfies(
                        keys -> assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            entities: [{name: users, as: event}] | 1, column 30: `users` is about no hub: it has no foreign key
            entities: [{name: visits, as: event, quarantine: true}] | `visits` is a link of events, which has neither
            entities: [{name: visits, as: events}] | unknown kind of entity `events`; did you mean `event`?
            same-as: [{hub: visits}] | `visits` is a link of events, and same-as is said of a hub's keys
            links: [{from: ratings, path: stars, to: visits}] | `visits` is a link of events, and no link leads to it
            links: [{from: visits, path: user_id, to: users, name: a}] | which has its name and all columns already
            links: [{from: visits, path: 'a[].b', to: products}] | and `a[].b` can name several
            links: [{from: visits, path: user_id, to: users, role: visits}] | another end of the link, or the link itself
            links: [{from: visits, path: user, to: users}] | unknown column of visits `user`; did you mean `user_id`?
            """)
    void whatEventsCanNotBeIsSaid(String text, String problem) {
        String file = text.startsWith("entities") ? text : "entities: [{name: visits, as: event}]\n" + text;

        assertThat(problems(file)).contains(problem);
    }

    private static String problems(String text) {
        try {
            DeclaredModel declared = VaultFile.parse(text, "vault.yaml");
            return String.join(
                    "\n",
                    declared.unmet(
                            VaultInference.infer(List.of(Shop.USERS, VISITS, Shop.PRODUCTS, Shop.RATINGS), declared)));
        } catch (PipelineException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private VaultTable table(String name) {
        return new VaultTables(model)
                .all().stream()
                        .filter(table -> table.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private String key(long id) {
        return HexFormat.of().formatHex(hash.hashKey("pg", List.of(Simple.INT64), id));
    }
}
