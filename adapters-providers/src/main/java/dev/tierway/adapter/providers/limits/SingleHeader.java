package dev.tierway.adapter.providers.limits;

import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A header that says one thing. */
final class SingleHeader {
    private static final int LONGEST = 1024;

    private SingleHeader() {}

    /** Its value; null if it is missing, too long, or there several times with different values. */
    static @Nullable String of(MultiMap headers, String name) {
        List<String> all = headers.getAll(name);
        if (all.isEmpty() || all.getFirst().length() > LONGEST) {
            return null;
        }
        String first = all.getFirst().strip();
        for (String other : all) {
            if (!other.strip().equals(first)) {
                return null;
            }
        }
        return first;
    }
}
