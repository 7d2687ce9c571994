package dev.tierway.bootstrap.cli.show;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under headings, in columns as wide as their widest cell. A row that ends early may end with a remark: its last
 * cell then runs on over the columns that follow.
 */
public final class TextTable {
    private static final String GAP = "  ";
    /** Remarks are broken before this column. */
    private static final int WIDTH = 98;

    private final List<String> headings = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** @param headings one that begins with {@code >} belongs to a column of numbers: aligned to the right */
    public TextTable(String... headings) {
        for (String heading : headings) {
            right.add(heading.startsWith(">"));
            this.headings.add(heading.startsWith(">") ? heading.substring(1) : heading);
        }
    }

    public TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    public TextTable row(String... cells) {
        return row(List.of(cells));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** All lines, each ended by a line feed and none by spaces. */
    public String render(String indent) {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        line(headings, widths, indent, text);
        rows.forEach(row -> line(row, widths, indent, text));
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = length(headings.get(column));
            for (List<String> row : rows) {
                if (column < row.size() && !isRemark(row, column)) {
                    widths[column] = Math.max(widths[column], length(row.get(column)));
                }
            }
        }
        return widths;
    }

    private boolean isRemark(List<String> row, int column) {
        return column == row.size() - 1 && row.size() < headings.size();
    }

    private void line(List<String> cells, int[] widths, String indent, StringBuilder text) {
        StringBuilder line = new StringBuilder(indent);
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(column == 0 ? "" : GAP);
            if (isRemark(cells, column)) {
                String begun = line.toString();
                text.append(Lines.wrap(cell, begun, " ".repeat(length(begun)), WIDTH));
                return;
            }
            String padding = " ".repeat(Math.max(0, widths[column] - length(cell)));
            boolean numbers = right.get(column);
            line.append(numbers ? padding : "").append(cell).append(numbers ? "" : padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
