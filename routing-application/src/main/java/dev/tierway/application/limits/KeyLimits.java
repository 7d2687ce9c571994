package dev.tierway.application.limits;

import dev.tierway.application.access.Caller;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The limits that API keys carry themselves, as rules: of each key the one its last call had. */
final class KeyLimits {
    /** No id of a budget has a colon. */
    private static final String ID = "key:";

    private final Map<String, Known> byKey = new ConcurrentHashMap<>();

    private record Known(List<Limit> limits, LimitRule rule) {}

    /** Null if the caller's key has none. */
    @Nullable
    LimitRule of(Caller caller) {
        List<Limit> limits = caller.grant().limits();
        String key = caller.key();
        if (key == null || limits.isEmpty()) {
            return null;
        }
        Known known = byKey.get(key);
        // The same list until somebody changes the key.
        if (known == null || known.limits != limits) {
            known = new Known(
                    limits,
                    new LimitRule(
                            ID + key, new Subject.OfKey(key), limits, true, Descriptor.Reserves.WORST_CASE, false));
            byKey.put(key, known);
        }
        return known.rule;
    }

    LimitRules beside(LimitRules rules) {
        if (byKey.isEmpty()) {
            return rules;
        }
        List<LimitRule> all = new ArrayList<>(rules.rules());
        byKey.values().forEach(known -> all.add(known.rule));
        return new LimitRules(all, rules.zone(), rules.warnAt());
    }
}
