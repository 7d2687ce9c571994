package dev.tierway.application.service;

import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.Status;
import dev.tierway.application.port.in.WindowStatus;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.fleet.ProviderState;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.quota.Dimension;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One provider's replicas taken together, for people.
 *
 * @param accounts who asks vendors for what accounts have left; null: nobody
 */
record UsageReports(ReplicaRegistry registry, @Nullable AccountProber accounts) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** @param replicas what is told of each of the views */
    ProviderUsage of(
            ProviderId provider, List<ReplicaView> views, List<ReplicaStatus> replicas, Status status, long nowNanos) {
        Set<WindowStatus> windows = new LinkedHashSet<>();
        double good = 0;
        double bad = 0;
        for (ReplicaView view : views) {
            windows.addAll(QuotaReports.windows(registry, view.replica(), nowNanos));
            good += view.successesAt(nowNanos);
            bad += view.failuresAt(nowNanos);
        }
        ProviderState state = views.isEmpty() ? null : views.getFirst().provider();
        Long openUntil = state == null
                ? null
                : state.circuit().openUntilNanos(nowNanos, views.getFirst().accountCircuit());
        Long cooling = state == null ? null : state.cooldown().untilNanos();
        return new ProviderUsage(
                provider.value(),
                status,
                replicas.stream().mapToLong(ReplicaStatus::calls).sum(),
                replicas.stream().mapToLong(ReplicaStatus::errors).sum(),
                good + bad == 0 ? null : bad / (good + bad),
                replicas.stream().mapToInt(ReplicaStatus::inFlight).sum(),
                average(replicas, ReplicaStatus::ttftMillis),
                average(replicas, ReplicaStatus::millisPerToken),
                least(windows, Dimension.REQUESTS),
                least(windows, Dimension.TOKENS),
                least(windows, Dimension.INPUT_TOKENS),
                least(windows, Dimension.OUTPUT_TOKENS),
                concurrency(windows, replicas),
                List.copyOf(windows),
                replicas.stream()
                        .map(ReplicaStatus::lastUsedAgoMillis)
                        .filter(Objects::nonNull)
                        .min(Long::compare)
                        .orElse(null),
                state == null
                        ? null
                        : state.circuit()
                                .phase(nowNanos, views.getFirst().accountCircuit())
                                .id(),
                openUntil == null ? null : (openUntil - nowNanos) / NANOS_PER_MILLI,
                cooling == null || cooling <= nowNanos ? null : (cooling - nowNanos) / NANOS_PER_MILLI,
                accounts == null ? null : accounts.of(provider, nowNanos),
                replicas);
    }

    private static @Nullable Double average(
            List<ReplicaStatus> replicas, Function<ReplicaStatus, @Nullable Double> measured) {
        double sum = 0;
        double weight = 0;
        for (ReplicaStatus replica : replicas) {
            Double value = measured.apply(replica);
            if (value != null) {
                double calls = Math.max(1, replica.calls());
                sum += value * calls;
                weight += calls;
            }
        }
        return weight == 0 ? null : sum / weight;
    }

    private static @Nullable Long concurrency(Set<WindowStatus> windows, List<ReplicaStatus> replicas) {
        Long told = least(windows, Dimension.CONCURRENCY);
        if (told != null || replicas.isEmpty()) {
            return told;
        }
        long left = 0;
        for (ReplicaStatus replica : replicas) {
            Integer limit = replica.limit();
            if (limit == null) {
                return null;
            }
            left += Math.max(0, limit - replica.inFlight());
        }
        return left;
    }

    private static @Nullable Long least(Set<WindowStatus> windows, Dimension dimension) {
        return windows.stream()
                .filter(window -> window.dimension().equals(dimension.id()))
                .map(WindowStatus::remaining)
                .min(Long::compare)
                .orElse(null);
    }
}
