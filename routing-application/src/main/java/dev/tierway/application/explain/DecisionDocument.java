package dev.tierway.application.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision as JSON's values: maps, lists, strings, numbers, booleans and null, in the order of
 * docs/reference/decision.md. Adapters write it with whatever JSON library they have.
 */
public record DecisionDocument(Map<String, ?> json) {
    /** The same with what suffices to decide again. */
    public DecisionDocument withReplay(@Nullable Map<String, ?> record) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(json);
        more.put("replay", record);
        return new DecisionDocument(more);
    }
}
