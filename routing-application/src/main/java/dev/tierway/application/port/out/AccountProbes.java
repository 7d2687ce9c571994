package dev.tierway.application.port.out;

import dev.tierway.domain.catalogue.ProviderId;
import java.time.Duration;
import java.util.Optional;

/** Finds how a provider's account is asked for what it has left. */
public interface AccountProbes {
    /** Empty if it isn't. */
    Optional<Plan> of(ProviderId provider);

    /** @param every from the end of one question to the next, give or take a tenth */
    record Plan(AccountProbe probe, Duration every) {
        public Plan {
            if (!every.isPositive()) {
                throw new IllegalArgumentException("the time between two usage probes must be more than 0");
            }
        }
    }
}
