package dev.tierway.application.service;

import dev.tierway.application.port.in.ProbeStatus;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.Status;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ModelState;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.fleet.ProbeState;
import dev.tierway.domain.fleet.ReplicaView;
import org.jspecify.annotations.Nullable;

/** One replica's state in words and units for people. */
final class ReplicaReport {
    private static final double MILLION = 1e6;
    private static final double HEALTHY_SHARE = 0.9;
    private static final int TYPICAL_INPUT_TOKENS = 1000;

    private ReplicaReport() {}

    static ReplicaStatus of(ReplicaView view, long nowNanos) {
        Circuit.Phase circuit = view.circuit(nowNanos);
        Long openUntil = view.openUntilNanos(nowNanos);
        double good = view.successesAt(nowNanos);
        double bad = view.failuresAt(nowNanos);
        ModelState model = view.modelState();
        UnmeasuredSettings unmeasured = view.replica().learning().unmeasured();
        Long used = view.state().lastUsedNanos();
        Long cooling = cooling(view, nowNanos);
        return new ReplicaStatus(
                view.replica().id().value(),
                view.replica().provider().value(),
                view.model().id().value(),
                view.model().tier().id(),
                view.replica().local(),
                status(view, circuit, good, bad, cooling, nowNanos),
                view.phase().id(),
                circuit.id(),
                openUntil == null ? null : (openUntil - nowNanos) / 1_000_000,
                cooling,
                view.state().calls(),
                view.state().errors(),
                view.state().inFlight(),
                view.replica().concurrency(),
                good + bad == 0 ? null : good / (good + bad),
                millis(view.state().latency().ttftNanos(model, unmeasured, TYPICAL_INPUT_TOKENS, nowNanos)),
                millis(view.state().latency().tokenNanos(model, unmeasured, nowNanos)),
                model.text().bytesPerToken(),
                view.headroom(),
                used == null ? null : (nowNanos - used) / 1_000_000,
                probe(view.probe(), nowNanos),
                Overrides.of(view.standing(), nowNanos));
    }

    private static Status status(
            ReplicaView view, Circuit.Phase circuit, double good, double bad, @Nullable Long cooling, long nowNanos) {
        if (view.standing().markedUnhealthy() != null
                || circuit == Circuit.Phase.OPEN
                || circuit == Circuit.Phase.HALF_OPEN
                || view.probe().unhealthyUntilNanos(nowNanos) != null) {
            return Status.UNHEALTHY;
        }
        if (cooling != null
                || circuit == Circuit.Phase.RAMPING
                || view.phase() != Phase.ACTIVE
                || good < HEALTHY_SHARE * (good + bad)) {
            return Status.DEGRADED;
        }
        ProbeResult found = view.probe().resultAt(nowNanos);
        boolean known = view.state().calls() > 0 || (found != null && found.alive());
        return known ? Status.HEALTHY : Status.UNKNOWN;
    }

    private static @Nullable ProbeStatus probe(ProbeState probe, long nowNanos) {
        ProbeResult last = probe.last();
        Long at = probe.probedNanos();
        if (last == null || at == null) {
            return null;
        }
        Long until = probe.unhealthyUntilNanos(nowNanos);
        return new ProbeStatus(
                last.id(),
                (nowNanos - at) / 1_000_000,
                probe.failures(),
                until == null ? null : (until - nowNanos) / 1_000_000);
    }

    private static @Nullable Long cooling(ReplicaView view, long nowNanos) {
        Long own = view.state().cooldown().untilNanos();
        Long shared = view.provider().cooldown().untilNanos();
        long until = Math.max(own == null ? Long.MIN_VALUE : own, shared == null ? Long.MIN_VALUE : shared);
        return until > nowNanos ? (until - nowNanos) / 1_000_000 : null;
    }

    private static @Nullable Double millis(@Nullable Double nanos) {
        return nanos == null ? null : nanos / MILLION;
    }
}
