package dev.tierway.bootstrap.demo;

import java.io.PrintWriter;

/** Writes a text that comes in pieces, at once, in lines of a bearable length. */
final class PieceWriter {
    private final PrintWriter out;
    private final String next;
    private final int width;
    private int column;

    /**
     * @param first what the first line begins with
     * @param next what the others begin with
     */
    PieceWriter(PrintWriter out, String first, String next, int width) {
        this.out = out;
        this.next = next;
        this.width = width;
        out.print(first);
        out.flush();
        column = first.length();
    }

    void piece(String text) {
        String shown = text;
        if (column + text.length() > width) {
            out.println();
            out.print(next);
            column = next.length();
            shown = text.stripLeading();
        }
        out.print(shown);
        out.flush();
        column += shown.length();
    }

    void end() {
        out.println();
        out.flush();
    }
}
