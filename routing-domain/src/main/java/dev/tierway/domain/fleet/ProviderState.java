package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.LearningSettings;
import dev.tierway.domain.catalogue.RecentSettings;
import dev.tierway.domain.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one provider, that is of one credential. Immutable.
 *
 * @param circuit opened by an account or credential that doesn't work
 * @param cooldown a rest for all its replicas
 * @param retries charged and first attempts that went to it
 * @param recent counted successes and failures of the last {@link RecentSettings#windowNanos()}
 * @param billed shares of an answer's price that its failed attempts were billed
 * @param missing wire formats whose endpoints it turned out not to have
 */
public record ProviderState(
        Circuit circuit,
        Cooldown cooldown,
        RetryBudget retries,
        RollingCounts recent,
        DecayedMean billed,
        List<String> missing) {
    private static final long BILLED_HALF_LIFE_NANOS = 3_600_000_000_000L;
    private static final double START_BILLED = 0.5;

    static final ProviderState FRESH = new ProviderState(
            Circuit.closed(CircuitSettings.DEFAULTS),
            Cooldown.NONE,
            RetryBudget.EMPTY,
            RollingCounts.over(RecentSettings.DEFAULTS.windowNanos()),
            DecayedMean.NONE,
            List.of());

    public ProviderState {
        missing = List.copyOf(missing);
    }

    /** Whether enough of its calls worked lately; nothing measured counts as healthy. */
    public boolean healthyLately(long nowNanos, RecentSettings settings) {
        int good = recent.first(nowNanos);
        int bad = recent.second(nowNanos);
        return good >= settings.healthyShare() * (good + bad);
    }

    ProviderState with(Circuit newCircuit) {
        return new ProviderState(newCircuit, cooldown, retries, recent, billed, missing);
    }

    ProviderState with(RetryBudget newRetries) {
        return new ProviderState(circuit, cooldown, newRetries, recent, billed, missing);
    }

    ProviderState resting(long untilNanos) {
        return new ProviderState(circuit, cooldown.atLeastUntil(untilNanos), retries, recent, billed, missing);
    }

    /** It has no endpoint for that wire format. */
    ProviderState lacking(String format) {
        if (missing.contains(format)) {
            return this;
        }
        List<String> more = new ArrayList<>(missing);
        more.add(format);
        return new ProviderState(circuit, cooldown, retries, recent, billed, more);
    }

    /** An operator trusts its credential again; its endpoints are looked for again too. */
    ProviderState trusted(boolean rested) {
        return new ProviderState(
                circuit.reset(), rested ? cooldown.cutShort() : cooldown, retries, recent, billed, List.of());
    }

    ProviderState succeeded(LearningSettings learning, long nowNanos) {
        return new ProviderState(
                circuit, cooldown.worked(), retries, counted(1, 0, learning, nowNanos), billed, missing);
    }

    /** Share of an answer's price a failed attempt is expected to be billed; a half until it is known. */
    public double billedShare() {
        Double mean = billed.mean();
        return mean == null ? START_BILLED : mean;
    }

    ProviderState failed(Failure failure, @Nullable Double billedShare, LearningSettings learning, long nowNanos) {
        boolean counts = failure.failureClass().counts();
        boolean rests = failure.failureClass().coolsDown() && failure.scope() == Failure.Scope.PROVIDER;
        return new ProviderState(
                circuit,
                rests ? cooldown.rest(failure.retryAfterMillis(), !counts, nowNanos, learning.cooldown()) : cooldown,
                retries,
                counts ? counted(0, 1, learning, nowNanos) : recent,
                billedShare == null ? billed : billed.plus(billedShare, nowNanos, BILLED_HALF_LIFE_NANOS),
                missing);
    }

    private RollingCounts counted(int good, int bad, LearningSettings learning, long nowNanos) {
        return recent.rescaled(learning.recent().windowNanos(), nowNanos).plus(good, bad, nowNanos);
    }
}
