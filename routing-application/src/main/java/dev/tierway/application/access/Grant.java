package dev.tierway.application.access;

import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.routing.Allowed;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a key is good for.
 *
 * @param limits of all its calls together
 */
public record Grant(Set<KeyScope> scopes, Allowed allowed, FixedValues fixed, List<Limit> limits) {
    /** Everything. */
    public static final Grant ALL = new Grant(EnumSet.allOf(KeyScope.class), Allowed.ALL, FixedValues.NONE, List.of());

    public Grant {
        Set<KeyScope> ordered = EnumSet.noneOf(KeyScope.class);
        ordered.addAll(scopes);
        scopes = Collections.unmodifiableSet(ordered);
        limits = List.copyOf(limits);
    }

    /** To ask models and see how, without any bound. */
    public static Grant of(KeyScope... scopes) {
        return new Grant(Set.of(scopes), Allowed.ALL, FixedValues.NONE, List.of());
    }
}
