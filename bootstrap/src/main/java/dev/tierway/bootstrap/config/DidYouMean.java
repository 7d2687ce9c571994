package dev.tierway.bootstrap.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody probably meant to write. Bounded: a hostile file mustn't cost more than a moment. */
final class DidYouMean {
    private static final int MOST_COMPARED = 500;
    private static final int MOST_LISTED = 20;
    private static final int LONGEST = 200;

    private DidYouMean() {}

    /** "did you mean 'x'?" if one of the known names is close, else all of them. */
    static String suggest(String written, Collection<String> known, String what) {
        String closest = closest(written, known);
        if (closest != null) {
            return "did you mean '" + closest + "'?";
        }
        if (known.isEmpty()) {
            return "no " + what + " is configured";
        }
        List<String> listed = known.stream().limit(MOST_LISTED).toList();
        return what + ": " + String.join(", ", listed) + (known.size() > MOST_LISTED ? ", …" : "");
    }

    /** The known name with the fewest typing errors from what was written; null if none is close. */
    static @Nullable String closest(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return null;
        }
        String best = null;
        int bestDistance = Math.max(1, Math.min(3, written.length() / 3)) + 1;
        for (String candidate : known.stream().limit(MOST_COMPARED).toList()) {
            int distance = distance(normal(written), normal(candidate), bestDistance);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment, Boytsov 2011). */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
