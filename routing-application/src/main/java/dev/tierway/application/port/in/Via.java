package dev.tierway.application.port.in;

import org.jspecify.annotations.Nullable;

/**
 * How one gateway signs the calls that pass through it, so that it knows one that comes round again: RFC 9110, 7.6.3. A
 * name made by chance: it tells nothing about the machine.
 *
 * @param name letters, digits and dashes
 */
public record Via(String name) {
    /** Far more gateways than anybody puts in a row. */
    private static final int MOST_HOPS = 16;

    private static final String PROTOCOL = "1.1 ";

    /** One that nobody else has, if the number was drawn by chance. */
    public static Via drawn(long number) {
        return new Via("tierway-" + Long.toHexString(number));
    }

    /**
     * The header of a request that goes on.
     *
     * @param passed what the request that came in said; null if nothing
     */
    public String after(@Nullable String passed) {
        return passed == null || passed.isBlank() ? PROTOCOL + name : passed.strip() + ", " + PROTOCOL + name;
    }

    /** Whether a request has been here before, or has been handed on so often that it must be going round. */
    public boolean goesRound(@Nullable String passed) {
        if (passed == null) {
            return false;
        }
        String[] hops = passed.split(",", -1);
        if (hops.length > MOST_HOPS) {
            return true;
        }
        for (String hop : hops) {
            String[] words = hop.strip().split("\\s+");
            if (words.length > 1 && words[1].equals(name)) {
                return true;
            }
        }
        return false;
    }
}
