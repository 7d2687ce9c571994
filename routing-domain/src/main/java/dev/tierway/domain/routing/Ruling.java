package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ReplicaId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rule that held made of an ask.
 *
 * @param rule its id
 * @param arm the arm of its experiment; null if it is none
 * @param preferred candidates that go first: the others are held back while one of these is eligible. Empty: all alike
 */
public record Ruling(String rule, @Nullable String arm, Set<ReplicaId> preferred) {
    public Ruling {
        preferred = preferred.isEmpty()
                ? Collections.emptySet()
                : Collections.unmodifiableSet(new LinkedHashSet<>(preferred));
    }

    /** Whether a replica is what the rule meant, not only what it falls back to. */
    public boolean means(ReplicaId replica) {
        return preferred.isEmpty() || preferred.contains(replica);
    }
}
