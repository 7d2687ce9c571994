package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.failure.FailureClass;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether something is trusted. Immutable; its phase is a function of time, so that no request is needed to half-open
 * it and no gauge is ever stuck.
 *
 * @param consecutive counted failures in a row
 * @param window successes and failures of the last {@link CircuitSettings#window()}
 * @param openings how often it opened without staying closed for {@link CircuitSettings#forget()} in between
 * @param openUntilNanos meaningful while {@code tripped}
 * @param closedAtNanos when it last closed after being open; meaningful if {@code ramping}
 * @param epoch changes with every opening and closing, so that a straggler's result is told apart
 * @param cause the class that opened it; null if it never opened
 */
public record Circuit(
        int consecutive,
        RollingCounts window,
        boolean tripped,
        int openings,
        long openUntilNanos,
        boolean ramping,
        long closedAtNanos,
        int epoch,
        int probesInFlight,
        int probesSucceeded,
        @Nullable FailureClass cause) {
    static final int HINTED_FAILURES = 2;

    /** What a circuit lets through. */
    public enum Phase {
        CLOSED,
        /** Closed a moment ago: admits a growing share. */
        RAMPING,
        OPEN,
        /** Admits one probe at a time. */
        HALF_OPEN;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Circuit closed(CircuitSettings settings) {
        return new Circuit(0, RollingCounts.over(settings.window().toNanos()), false, 0, 0, false, 0, 0, 0, 0, null);
    }

    public Phase phase(long nowNanos, CircuitSettings settings) {
        if (tripped) {
            return nowNanos < openUntilNanos ? Phase.OPEN : Phase.HALF_OPEN;
        }
        return ramping && nowNanos < closedAtNanos + settings.ramp().toNanos() ? Phase.RAMPING : Phase.CLOSED;
    }

    /** When it half-opens; null unless it is open. */
    public @Nullable Long openUntilNanos(long nowNanos, CircuitSettings settings) {
        return phase(nowNanos, settings) == Phase.OPEN ? openUntilNanos : null;
    }

    /** The share of traffic admitted: 1 when closed, growing to 1 while ramping, else 0. */
    public double admittedShare(long nowNanos, CircuitSettings settings) {
        return switch (phase(nowNanos, settings)) {
            case CLOSED -> 1;
            case RAMPING ->
                settings.rampStart()
                        + (1 - settings.rampStart())
                                * (nowNanos - closedAtNanos)
                                / (double) settings.ramp().toNanos();
            case OPEN, HALF_OPEN -> 0;
        };
    }

    public boolean probeFree(long nowNanos, CircuitSettings settings) {
        return phase(nowNanos, settings) == Phase.HALF_OPEN && probesInFlight == 0;
    }

    /** The same under other settings. */
    Circuit under(CircuitSettings settings) {
        return with(consecutive, window.resized(settings.window().toNanos()), probesInFlight, probesSucceeded);
    }

    /** Trusted again at once, with a clean record; results of attempts sent before no longer count. */
    Circuit reset() {
        return tripped || ramping
                ? new Circuit(0, window.emptied(), false, 0, 0, false, 0, epoch + 1, 0, 0, null)
                : this;
    }

    Circuit probeTaken() {
        return with(consecutive, window, probesInFlight + 1, probesSucceeded);
    }

    Circuit probeReturned(int ofEpoch) {
        return ofEpoch == epoch && probesInFlight > 0
                ? with(consecutive, window, probesInFlight - 1, probesSucceeded)
                : this;
    }

    /** A probe's answer began: enough of them close the circuit. */
    Circuit probeCommitted(int ofEpoch, long nowNanos, CircuitSettings settings) {
        if (!tripped || ofEpoch != epoch) {
            return this;
        }
        if (probesSucceeded + 1 < settings.probesToClose()) {
            return with(consecutive, window, probesInFlight, probesSucceeded + 1);
        }
        return new Circuit(
                0,
                RollingCounts.over(settings.window().toNanos()),
                false,
                openings,
                0,
                true,
                nowNanos,
                epoch + 1,
                0,
                0,
                cause);
    }

    Circuit succeeded(int ofEpoch, long nowNanos) {
        return ofEpoch != epoch ? this : with(0, window.plus(1, 0, nowNanos), probesInFlight, probesSucceeded);
    }

    /** A counted failure; a result from before the last opening or closing changes nothing. */
    Circuit failed(int ofEpoch, FailureClass failure, long nowNanos, CircuitSettings settings, long jitterSeed) {
        if (ofEpoch != epoch) {
            return this;
        }
        Circuit next = with(consecutive + 1, window.plus(0, 1, nowNanos), probesInFlight, probesSucceeded);
        int good = next.window.first(nowNanos);
        int bad = next.window.second(nowNanos);
        boolean rateBroken = good + bad >= settings.minimum() && good < settings.successRate() * (good + bad);
        return tripped || next.consecutive >= settings.failures() || rateBroken
                ? next.open(
                        failure,
                        nowNanos,
                        settings.open().toNanos(),
                        settings.maxOpen().toNanos(),
                        settings,
                        jitterSeed)
                : next;
    }

    /** It opened at another instance: counted, but only a failure of our own opens it here. */
    Circuit hinted(long nowNanos) {
        return tripped
                ? this
                : with(
                        consecutive + HINTED_FAILURES,
                        window.plus(0, HINTED_FAILURES, nowNanos),
                        probesInFlight,
                        probesSucceeded);
    }

    /** Opens now, whatever was counted. */
    Circuit open(
            FailureClass failure,
            long nowNanos,
            long firstNanos,
            long mostNanos,
            CircuitSettings settings,
            long jitterSeed) {
        if (tripped && nowNanos < openUntilNanos && cause == failure) {
            return this;
        }
        boolean longClosed = !tripped
                && (!ramping || nowNanos - closedAtNanos > settings.forget().toNanos());
        int count = longClosed ? 1 : openings + 1;
        long span = doubled(firstNanos, mostNanos, count - 1);
        long jitter = (long) (span * settings.jitter() * Mixing.unit(jitterSeed, count));
        return new Circuit(0, window, true, count, nowNanos + span + jitter, false, 0, epoch + 1, 0, 0, failure);
    }

    private static long doubled(long first, long most, int times) {
        return Math.min(most, first << Math.min(times, Long.numberOfLeadingZeros(first) - 1));
    }

    private Circuit with(int newConsecutive, RollingCounts newWindow, int newProbes, int newSucceeded) {
        return new Circuit(
                newConsecutive,
                newWindow,
                tripped,
                openings,
                openUntilNanos,
                ramping,
                closedAtNanos,
                epoch,
                newProbes,
                newSucceeded,
                cause);
    }
}
