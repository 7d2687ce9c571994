package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.failure.Failure;

/**
 * What is known of one provider, that is of one credential. Immutable.
 *
 * @param circuit opened by an account or credential that doesn't work
 * @param cooldown a rest for all its replicas
 * @param retries charged and first attempts that went to it
 * @param recent counted successes and failures of the last 10 s
 */
public record ProviderState(Circuit circuit, Cooldown cooldown, RetryBudget retries, RollingCounts recent) {
    private static final long RECENT_NANOS = 10_000_000_000L;
    private static final double HEALTHY_SHARE = 0.9;

    /** A credential's circuit needs no counting; only probes, ramp and times of the settings matter. */
    public static final CircuitSettings CIRCUIT = CircuitSettings.DEFAULTS;

    static final ProviderState FRESH = new ProviderState(
            Circuit.closed(CIRCUIT), Cooldown.NONE, RetryBudget.EMPTY, RollingCounts.over(RECENT_NANOS));

    /** Whether at least 90 % of its calls of the last 10 s worked; nothing measured counts as healthy. */
    public boolean healthyLately(long nowNanos) {
        int good = recent.first(nowNanos);
        int bad = recent.second(nowNanos);
        return good >= HEALTHY_SHARE * (good + bad);
    }

    ProviderState with(Circuit newCircuit) {
        return new ProviderState(newCircuit, cooldown, retries, recent);
    }

    ProviderState with(RetryBudget newRetries) {
        return new ProviderState(circuit, cooldown, newRetries, recent);
    }

    ProviderState succeeded(long nowNanos) {
        return new ProviderState(circuit, cooldown.worked(), retries, recent.plus(1, 0, nowNanos));
    }

    ProviderState failed(Failure failure, long nowNanos) {
        boolean counts = failure.failureClass().counts();
        boolean rests = failure.failureClass().coolsDown() && failure.scope() == Failure.Scope.PROVIDER;
        return new ProviderState(
                circuit,
                rests ? cooldown.rest(failure.retryAfterMillis(), !counts, nowNanos) : cooldown,
                retries,
                counts ? recent.plus(0, 1, nowNanos) : recent);
    }
}
