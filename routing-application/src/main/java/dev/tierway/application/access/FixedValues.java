package dev.tierway.application.access;

import dev.tierway.domain.routing.Constraints;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Options that every call with a key has, whatever it says. Names that are fixed are the operator's, so they mean the same
 * under every key; all other names live inside the space of the key they came with.
 *
 * @param local {@link Constraints.Local#ALLOWED}: not fixed
 * @param tags in the order of their names
 */
public record FixedValues(
        Constraints.Local local,
        @Nullable String agent,
        @Nullable String workflow,
        @Nullable String user,
        Map<String, String> tags) {
    public static final FixedValues NONE = new FixedValues(Constraints.Local.ALLOWED, null, null, null, Map.of());

    public FixedValues {
        tags = tags.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
