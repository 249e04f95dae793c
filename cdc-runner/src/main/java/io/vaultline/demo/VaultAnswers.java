package io.vaultline.demo;

import io.vaultline.clickhouse.server.ClickHouseGateway;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.event.DataType;
import io.vaultline.screen.Screen;
import io.vaultline.screen.TextTable;
import io.vaultline.vault.model.VaultType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Questions that the vault answers through the views that people query. */
final class VaultAnswers {
    /**
     * A question.
     *
     * @param query a resource below {@code answers}
     * @param heads one for each column of its result
     */
    private record Question(String title, String query, List<String> heads) {}

    /** ClickHouse 26.7 takes equal names inside several joined views for one when it reorders the joins. */
    private static final String SETTINGS = " SETTINGS query_plan_optimize_join_order_limit = 0";

    private static final List<Question> QUESTIONS = List.of(
            new Question("Who sells most?", "sales-per-seller.sql", List.of("seller", "orders", "pieces", "revenue")),
            new Question(
                    "How many orders are cancelled, and why?",
                    "cancellations.sql",
                    List.of("why", "cancelled", "of all orders", "refunded")),
            new Question(
                    "What did this product cost, and when?",
                    "price-history.sql",
                    List.of("product", "price", "since", "until")),
            new Question(
                    "Which categories are rated best?",
                    "ratings.sql",
                    List.of("category", "ratings", "stars", "five stars")));

    private final ClickHouseGateway server;
    private final String database;

    VaultAnswers(ClickHouseGateway server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Asks every question. */
    void tell(Screen screen) throws IOException {
        for (Question question : QUESTIONS) {
            screen.line("");
            screen.line("  " + question.title());
            TextTable table = new TextTable(question.heads().toArray(String[]::new));
            ask(question, table);
            table.lines().forEach(screen::line);
        }
    }

    private void ask(Question question, TextTable table) throws IOException {
        List<WireColumn> columns = IntStream.range(0, question.heads().size())
                .mapToObj(i -> new WireColumn("c" + i, new VaultType.SourceValue(DataType.Simple.TEXT), false))
                .toList();
        String names = columns.stream().map(WireColumn::name).collect(Collectors.joining(", "));
        String texts = columns.stream()
                .map(column -> "toString(" + column.name() + ") AS " + column.name())
                .collect(Collectors.joining(", "));
        String query = "WITH answer(" + names + ") AS (\n" + text(question.query()) + ") SELECT " + texts
                + " FROM answer" + SETTINGS;
        server.query(
                query,
                columns,
                row -> table.row(Arrays.stream(row).map(Objects::toString).toList()));
    }

    private String text(String resource) throws IOException {
        try (InputStream text = VaultAnswers.class.getResourceAsStream("answers/" + resource)) {
            return new String(Objects.requireNonNull(text, resource).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{vault}", database);
        }
    }
}
