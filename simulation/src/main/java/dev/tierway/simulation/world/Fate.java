package dev.tierway.simulation.world;

import org.jspecify.annotations.Nullable;

/**
 * What will come of an attempt that is sent now. A pure function of the replica's truth, the attempt's luck and the clocks
 * its client keeps.
 *
 * @param kind null: it is answered
 * @param met what of the attempt the fault meets; meaningless if it is answered
 * @param firstNanos from sending to the first token; -1 if there is none
 * @param endNanos from sending to the end
 * @param outputTokens that come before the end
 * @param cachedTokens read from the replica's prompt cache
 * @param retryAfterMillis what the vendor asks for; -1 if it doesn't
 */
public record Fate(
        @Nullable FaultKind kind,
        FaultKind.Met met,
        long firstNanos,
        long endNanos,
        int outputTokens,
        int cachedTokens,
        long retryAfterMillis) {
    private static final double HEADERS_FIRST = 0.3;
    private static final long NO_SLOT_MILLIS = 1000;
    private static final long MILLI = 1_000_000;

    /** @param luck of this attempt */
    public static Fate of(ReplicaTruth replica, Request request, AttemptLimits limits, long luck, long nowNanos) {
        FaultKind kind = replica.fault(luck);
        if (kind == null && !replica.hasSlot()) {
            return refused(FaultKind.NO_SLOT, NO_SLOT_MILLIS);
        }
        if (kind == null) {
            long wait = replica.waitNanos(request.tokens(), nowNanos);
            if (wait > 0) {
                return refused(FaultKind.LIMIT_REACHED, 1000 * ((wait + 999_999_999) / 1_000_000_000));
            }
        }
        if (kind == FaultKind.CONNECT_TIMEOUT) {
            return failed(kind, FaultKind.Met.BEFORE_HEADERS, limits.connectNanos());
        }
        if (kind != null && kind.refusedAtTheDoor()) {
            return refused(kind, -1);
        }
        boolean headers = Luck.unit(luck, 4) < HEADERS_FIRST;
        FaultKind.Met early = headers ? FaultKind.Met.BEFORE_FIRST_TOKEN : FaultKind.Met.BEFORE_HEADERS;
        if (kind == FaultKind.BLACK_HOLE) {
            return failed(kind, early, limits.firstTokenNanos());
        }
        int cached = replica.cachedTokens(request, nowNanos);
        if (kind == FaultKind.TOO_SLOW) {
            return tooSlow(cached, limits);
        }
        double spread = StrictMath.exp(Pace.TTFT_SPREAD * Luck.gaussian(luck, 10));
        long first = Math.max(MILLI, (long) (spread * replica.firstNanos(request, cached) + replica.queueNanos()));
        if (kind == FaultKind.SERVER_ERROR) {
            return failed(kind, early, Math.min(limits.firstTokenNanos(), headers ? first : kind.afterNanos()));
        }
        if (first > limits.firstTokenNanos()) {
            return new Fate(
                    FaultKind.TOO_SLOW, FaultKind.Met.BEFORE_FIRST_TOKEN, -1, limits.firstTokenNanos(), 0, cached, -1);
        }
        double perToken = replica.tokenNanos() * StrictMath.exp(Pace.TOKEN_SPREAD * Luck.gaussian(luck, 12));
        int tokens = kind == null
                ? request.outputTokens()
                : (int) (Luck.unit(luck, 5) * Math.max(1, request.outputTokens()));
        long end = first + (long) (perToken * Math.max(0, tokens - 1));
        return new Fate(kind, FaultKind.Met.MID_STREAM, first, end, tokens, cached, -1);
    }

    private static Fate refused(FaultKind kind, long retryAfterMillis) {
        return new Fate(kind, FaultKind.Met.BEFORE_HEADERS, -1, kind.afterNanos(), 0, 0, retryAfterMillis);
    }

    private static Fate tooSlow(int cached, AttemptLimits limits) {
        return new Fate(
                FaultKind.TOO_SLOW, FaultKind.Met.BEFORE_FIRST_TOKEN, -1, limits.firstTokenNanos(), 0, cached, -1);
    }

    private static Fate failed(FaultKind kind, FaultKind.Met met, long afterNanos) {
        return new Fate(kind, met, -1, afterNanos, 0, 0, -1);
    }

    /** Whether the vendor works on it, and keeps a slot for it. */
    boolean processed() {
        return kind == null || !kind.refusedAtTheDoor();
    }

    /** Whether the vendor charges for it. */
    boolean charged() {
        return kind == null || kind == FaultKind.STREAM_BREAK || kind == FaultKind.TOO_SLOW;
    }
}
