package io.vaultline.verification;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.event.CollectionId;
import io.vaultline.screen.TextTable;
import io.vaultline.verify.Difference;
import io.vaultline.verify.StoreComparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a verification found.
 *
 * @param tables in the order of their names
 * @param gone captured collections that the sources have no more, and that were not compared
 * @param took what the report calls seconds
 */
public record VerificationReport(List<TableResult> tables, List<CollectionId> gone, Duration took) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public VerificationReport {
        tables = List.copyOf(tables);
        gone = List.copyOf(gone);
    }

    /** Whether every table is the same everywhere. */
    public boolean ok() {
        return tables.stream().allMatch(table -> table.comparison().equal());
    }

    /** How many changes the history keeps of all tables. */
    public long events() {
        return tables.stream().mapToLong(TableResult::historyChanges).sum();
    }

    /** The same with another duration: a demonstration's report says how long all of it took. */
    public VerificationReport took(Duration duration) {
        return new VerificationReport(tables, gone, duration);
    }

    /** The report as JSON: the table's counts, whether contents are equal, and the keys of the first rows that differ. */
    public String toJson() {
        ObjectNode report = JSON.createObjectNode().put("ok", ok());
        ArrayNode array = report.putArray("tables");
        for (TableResult table : tables) {
            ObjectNode node = array.addObject()
                    .put("source", table.collection().source())
                    .put("table", table.table())
                    .put("sourceRows", table.comparison().sourceRows())
                    .put("vaultRows", table.vaultRows())
                    .put("historyCurrentRows", table.historyRows())
                    .put("historyChanges", table.historyChanges())
                    .put("checksumEqual", table.comparison().equal());
            addDifferences(node, table);
        }
        return report.put("seconds", Math.round(took.toMillis() / 100.0) / 10.0)
                .put("events", events())
                .toPrettyString();
    }

    /** The report for people. */
    public List<String> lines() {
        TextTable text = new TextTable(
                "source", "table", "rows there", "in the vault", "in the history", "changes ever", "contents");
        for (TableResult table : tables) {
            text.row(List.of(
                    table.collection().source(),
                    table.table(),
                    number(table.comparison().sourceRows()),
                    number(table.vaultRows()),
                    number(table.historyRows()),
                    number(table.historyChanges()),
                    table.comparison().equal() ? "equal" : "DIFFERENT"));
        }
        List<String> lines = new ArrayList<>(text.lines());
        tables.forEach(table -> table.comparison().stores().forEach(store -> addDifferences(lines, table, store)));
        gone.forEach(id -> lines.add("    " + id + " is gone from the source and was not compared"));
        return lines;
    }

    private static void addDifferences(ObjectNode node, TableResult table) {
        if (table.comparison().equal()) {
            return;
        }
        ArrayNode array = node.putArray("differences");
        for (StoreComparison store : table.comparison().stores()) {
            for (Difference difference : store.differences()) {
                ArrayNode columns = array.addObject()
                        .put("store", store.store())
                        .put("kind", difference.kind().name().toLowerCase(Locale.ROOT))
                        .put("key", difference.key())
                        .putArray("columns");
                difference.columns().forEach(columns::add);
            }
        }
    }

    private static void addDifferences(List<String> lines, TableResult table, StoreComparison store) {
        for (Difference difference : store.differences()) {
            lines.add("    " + table.table() + ": the " + store.store() + " " + text(difference));
        }
    }

    private static String text(Difference difference) {
        return switch (difference.kind()) {
            case MISSING -> "lacks the row " + difference.key();
            case EXTRA -> "has a row that the source has not: " + difference.key();
            case DIFFERENT ->
                "has other values in the row " + difference.key() + ": " + String.join(", ", difference.columns());
        };
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
