package dev.tierway.simulation.trace;

import dev.tierway.simulation.Arrival;

/** How one line of a trace is read. */
sealed interface LineFormat permits AzureFormat, MooncakeFormat {
    /** For messages. */
    String KNOWN = "Azure's CSV (a first line " + AzureFormat.HEADER + ") or Mooncake's JSONL (lines like "
            + MooncakeFormat.EXAMPLE + ")";

    /** What a line may say at most; protects against columns that mean something else. */
    int MOST_TOKENS = 100_000_000;

    /** @throws IllegalArgumentException saying what is wrong with the line */
    Arrival arrival(String line);

    /** @throws IllegalArgumentException unless it is a whole number that tokens may have */
    static int tokens(String column, String text) {
        try {
            int tokens = Integer.parseInt(text);
            if (tokens >= 0 && tokens <= MOST_TOKENS) {
                return tokens;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " '" + text + "' is no whole number", e);
        }
        throw new IllegalArgumentException(column + " is " + text + "; expected 0 to " + MOST_TOKENS + " tokens");
    }
}
