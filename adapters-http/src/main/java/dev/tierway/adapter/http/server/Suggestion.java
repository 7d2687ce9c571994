package dev.tierway.adapter.http.server;

import java.util.Collection;
import java.util.Optional;

/** "Did you mean": the known name a wrong one was probably meant to be. */
public final class Suggestion {
    private Suggestion() {}

    /** The known name with the fewest edits, if they are few for its length. */
    public static Optional<String> closest(String wrong, Collection<String> known) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String name : known) {
            int edits = edits(wrong, name);
            if (edits < fewest) {
                fewest = edits;
                best = name;
            }
        }
        return best != null && fewest <= Math.max(1, best.length() / 3) ? Optional.of(best) : Optional.empty();
    }

    /** Levenshtein's distance, in two rows. */
    private static int edits(String a, String b) {
        if (a.length() > 64) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
