package dev.tierway.application.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decision as JSON's values: maps, lists, strings, numbers, booleans and null, in the order of
 * docs/reference/decision.md. Adapters write it with whatever JSON library they have.
 */
public record DecisionDocument(Map<String, ?> json) {
    /** What says nothing of replicas, which all callers share, and of costs. */
    private static final Set<String> OWN =
            Set.of("id", "at", "dry_run", "request_id", "key", "asked", "outcome", "warnings");

    private static final Set<String> OF_THE_FLEET = Set.of("replica", "cost_usd");

    /** Whether a call with that key led to it. */
    public boolean isOf(String key) {
        return key.equals(json.get("key"));
    }

    /** The same for callers who may not see what they share with others. */
    public DecisionDocument withoutFleet() {
        Map<String, @Nullable Object> less = new LinkedHashMap<>(json);
        less.keySet().retainAll(OWN);
        if (less.get("outcome") instanceof Map<?, ?> outcome) {
            Map<Object, @Nullable Object> rest = new LinkedHashMap<>(outcome);
            rest.keySet().removeIf(OF_THE_FLEET::contains);
            less.put("outcome", rest);
        }
        return new DecisionDocument(less);
    }

    /** The same with what suffices to decide again. */
    public DecisionDocument withReplay(@Nullable Map<String, ?> record) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(json);
        more.put("replay", record);
        return new DecisionDocument(more);
    }
}
