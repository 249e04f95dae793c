package io.vaultline.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table as lines of text; columns of numbers stand to the right. */
public final class TextTable {
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... heads) {
        this.heads = List.of(heads);
    }

    /** Adds a row. @throws IllegalArgumentException if it has more or fewer cells than there are heads */
    public TextTable row(List<String> cells) {
        if (cells.size() != heads.size()) {
            throw new IllegalArgumentException(heads.size() + " columns, but " + cells.size() + " cells");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The lines, each set in by four spaces. */
    public List<String> lines() {
        int[] widths = IntStream.range(0, heads.size()).map(this::width).toArray();
        List<String> lines = new ArrayList<>();
        lines.add(line(heads, widths));
        lines.add("    "
                + String.join("  ", IntStream.of(widths).mapToObj("─"::repeat).toList()));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int width(int column) {
        return IntStream.concat(
                        IntStream.of(length(heads.get(column))), rows.stream().mapToInt(row -> length(row.get(column))))
                .max()
                .orElse(0);
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("   ");
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String space = " ".repeat(widths[column] - length(cell));
            line.append(column == 0 ? " " : "  ").append(isNumeric(column) ? space + cell : cell + space);
        }
        return line.toString().stripTrailing();
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column).matches("[-+]?[0-9][0-9,. ]*[%s]?|–"));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
