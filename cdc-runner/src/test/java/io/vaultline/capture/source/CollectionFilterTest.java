package io.vaultline.capture.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import io.vaultline.event.CollectionId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectionFilterTest {
    private static CollectionFilter filter(List<String> include, List<String> exclude, List<String> columns) {
        return CollectionFilter.of(
                new SourceConfig.Mongo("m", new Secret("u"), "d", include, exclude, columns, Duration.ofSeconds(1)));
    }

    private static CollectionId id(String namespace, String name) {
        return new CollectionId("m", namespace, name);
    }

    @Test
    void nothingSaidMeansEverything() {
        assertThat(filter(List.of(), List.of(), List.of()).accepts(id("any", "thing")))
                .isTrue();
    }

    @Test
    void excludeWinsOverInclude() {
        CollectionFilter filter = filter(List.of("shop.*"), List.of("shop.audit_*"), List.of());
        assertThat(filter.accepts(id("shop", "orders"))).isTrue();
        assertThat(filter.accepts(id("shop", "audit_2024"))).isFalse();
        assertThat(filter.accepts(id("shopping", "orders"))).isFalse();
    }

    @Test
    void onlyTheStarIsSpecial() {
        CollectionFilter filter = filter(List.of("a.b+(c)"), List.of(), List.of());
        assertThat(filter.accepts(id("a", "b+(c)"))).isTrue();
        assertThat(filter.accepts(id("a", "bbc"))).isFalse();
        assertThat(filter(List.of("a.b"), List.of(), List.of()).accepts(id("axb", "")))
                .isFalse();
    }

    @Test
    void columnsAreLeftOutByNameOrPattern() {
        CollectionFilter filter = filter(List.of(), List.of(), List.of("shop.users.password", "*.card_*"));
        assertThat(filter.acceptsColumn(id("shop", "users"), "password")).isFalse();
        assertThat(filter.acceptsColumn(id("shop", "users"), "passwords")).isTrue();
        assertThat(filter.acceptsColumn(id("x", "payments"), "card_number")).isFalse();
    }
}
