package dev.tierway.simulation.report;

/** What pages and their plots share. */
final class Html {
    private static final int COLOURS = 6;

    private Html() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Which colour the n-th load has. */
    static int colour(int place) {
        return Math.floorMod(place, COLOURS);
    }

    /** A contender's class of style. */
    static String kind(String contender) {
        return contender.equals(Plan.ADAPTIVE)
                ? "adaptive"
                : contender.startsWith("oracle-") ? "oracle" : contender.endsWith("+spine") ? "spine" : "whole";
    }

    static String cell(String content) {
        return "<td>" + escaped(content) + "</td>";
    }
}
