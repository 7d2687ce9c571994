package dev.tierway.adapter.http.observe;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a label's values few: names can come from callers (a use case, a passthrough model), and each would be a time
 * series for ever. What comes after the first thousand is called {@code other}.
 */
final class BoundedLabels {
    private static final int MOST = 1000;
    private static final String OTHER = "other";

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    String bounded(String value) {
        if (known.contains(value)) {
            return value;
        }
        // Two threads may both pass at the limit: a few more than the limit are as good.
        if (known.size() >= MOST) {
            return OTHER;
        }
        known.add(value);
        return value;
    }
}
