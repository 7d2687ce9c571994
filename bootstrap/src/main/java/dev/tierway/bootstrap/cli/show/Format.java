package dev.tierway.bootstrap.cli.show;

import java.util.Locale;

/** How a command's result is written. */
public enum Format {
    /** For people. */
    TABLE,
    JSON,
    YAML,
    /** For spreadsheets; only history has one. */
    CSV,
    /** A page with plots; only simulations have one. */
    HTML;

    /** @throws IllegalArgumentException naming the known formats */
    public static Format parse(String text) {
        for (Format format : values()) {
            if (format.toString().equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of table, json, yaml, csv, html");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
