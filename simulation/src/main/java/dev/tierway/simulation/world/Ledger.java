package dev.tierway.simulation.world;

import dev.tierway.domain.fleet.Mixing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What vendors know after a run: every attempt with its time, what was charged, and which faults struck whom. */
public final class Ledger {
    private static final int KINDS = FaultKind.values().length;
    private static final int STATES = FaultKind.Met.values().length;

    private final long[] faultsHit = new long[KINDS * STATES];
    private long[] sentAt = new long[4096];
    private short[] sentTo = new short[4096];
    private final long[] firstSuccessAfter;
    private final long[] firstFailureAfter;
    private final long watchedFrom;
    private final long watchedUntil;
    private int attempts;
    private double usd;
    private long failures;
    private long rateLimited;
    private long wastedTokens;
    private long inputTokens;
    private long cachedTokens;
    private long hash;

    /**
     * @param faultFrom from when on failures of a replica are looked for
     * @param faultUntil from when on successes are
     */
    public Ledger(int replicas, long faultFrom, long faultUntil) {
        firstSuccessAfter = new long[replicas];
        firstFailureAfter = new long[replicas];
        Arrays.fill(firstSuccessAfter, Long.MAX_VALUE);
        Arrays.fill(firstFailureAfter, Long.MAX_VALUE);
        watchedFrom = faultFrom;
        watchedUntil = faultUntil;
    }

    void sent(int replica, long nowNanos) {
        if (attempts == sentAt.length) {
            sentAt = Arrays.copyOf(sentAt, 2 * attempts);
            sentTo = Arrays.copyOf(sentTo, 2 * attempts);
        }
        sentAt[attempts] = nowNanos;
        sentTo[attempts++] = (short) replica;
    }

    void ended(Exchange exchange, int outputTokens, long nowNanos) {
        Fate fate = exchange.fate();
        FaultKind kind = fate.kind();
        int replica = exchange.replica();
        boolean whole = kind == null && outputTokens == fate.outputTokens();
        if (kind != null) {
            failures++;
            faultsHit[kind.ordinal() * STATES + fate.met().ordinal()]++;
            rateLimited += kind.status() == 429 ? 1 : 0;
            if (exchange.sentNanos() >= watchedFrom) {
                firstFailureAfter[replica] = Math.min(firstFailureAfter[replica], nowNanos);
            }
        } else if (whole && nowNanos >= watchedUntil) {
            firstSuccessAfter[replica] = Math.min(firstSuccessAfter[replica], nowNanos);
        }
        if (fate.charged()) {
            int input = exchange.request().inputTokens();
            usd += exchange.rates().usd(input, fate.cachedTokens(), outputTokens);
            inputTokens += input;
            cachedTokens += fate.cachedTokens();
            wastedTokens += whole ? 0 : input + outputTokens;
        }
        hash = Mixing.mix(
                hash ^ nowNanos,
                ((long) exchange.request().call() << 16) + replica * 64L + (kind == null ? 63 : kind.ordinal()));
    }

    public int attempts() {
        return attempts;
    }

    public long sentAt(int attempt) {
        return sentAt[attempt];
    }

    public int sentTo(int attempt) {
        return sentTo[attempt];
    }

    /** When the first attempt sent there after the fault began had failed; {@link Long#MAX_VALUE}: never. */
    public long firstFailure(int replica) {
        return firstFailureAfter[replica];
    }

    /** When the first attempt there succeeded after the fault had ended; {@link Long#MAX_VALUE}: never. */
    public long firstSuccess(int replica) {
        return firstSuccessAfter[replica];
    }

    public double usd() {
        return usd;
    }

    public long failures() {
        return failures;
    }

    public long rateLimited() {
        return rateLimited;
    }

    public long wastedTokens() {
        return wastedTokens;
    }

    public long inputTokens() {
        return inputTokens;
    }

    public long cachedTokens() {
        return cachedTokens;
    }

    /** Of every attempt's end, in order. */
    public long hash() {
        return hash;
    }

    /** Attempts each fault met in each state, as {@code kind/state}; only those that did happen. */
    public Map<String, Long> faultsHit() {
        Map<String, Long> hits = new LinkedHashMap<>();
        for (FaultKind kind : FaultKind.values()) {
            for (FaultKind.Met met : FaultKind.Met.values()) {
                long count = faultsHit[kind.ordinal() * STATES + met.ordinal()];
                if (count > 0) {
                    hits.put(kind.id() + "/" + met.id(), count);
                }
            }
        }
        return hits;
    }
}
