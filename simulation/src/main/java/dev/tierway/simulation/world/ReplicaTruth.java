package dev.tierway.simulation.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One replica as it truly is, now: what oracles may read and contenders only feel. */
public final class ReplicaTruth {
    private static final int CACHED_BLOCKS = 8192;

    private final int index;
    private final Pace pace;
    private final double typicalNanos;
    private final double softCapacity;
    private final int slots;
    private final Rates listed;
    private final List<Allowance> allowances;
    private final PrefixCache cache = new PrefixCache(CACHED_BLOCKS);

    private int inFlight;
    private double slowness = 1;
    private double priceFactor = 1;
    private boolean present = true;
    private @Nullable FaultMix mode;
    private double badLuck;

    /**
     * @param index its place in the fleet
     * @param typicalNanos what an answer takes it on average, with the machine to itself
     * @param softCapacity requests at once it serves at full throughput
     * @param slots requests at once it accepts at all
     * @param allowances of the accounts its requests use up
     */
    public ReplicaTruth(
            int index,
            Pace pace,
            double typicalNanos,
            double softCapacity,
            int slots,
            Rates listed,
            List<Allowance> allowances) {
        this.index = index;
        this.typicalNanos = typicalNanos;
        this.pace = pace;
        this.softCapacity = softCapacity;
        this.slots = slots;
        this.listed = listed;
        this.allowances = List.copyOf(allowances);
    }

    public int index() {
        return index;
    }

    public int inFlight() {
        return inFlight;
    }

    public Rates rates() {
        return priceFactor == 1 ? listed : listed.times(priceFactor);
    }

    /** Whether an attempt could work at all: it is there, has a slot, and no fault strikes everybody. */
    public boolean alive() {
        return present && mode == null && inFlight < slots;
    }

    /** Whether nothing sent there works, however long one waits for a slot. */
    public boolean down() {
        return !present || mode != null;
    }

    /** Share of the attempts that ordinary bad luck strikes now. */
    public double badLuck() {
        return badLuck;
    }

    /** How long until its accounts allow such a request. */
    public long waitNanos(long tokens, long nowNanos) {
        long wait = 0;
        for (Allowance allowance : allowances) {
            wait = Math.max(wait, allowance.waitNanos(tokens, nowNanos));
        }
        return wait;
    }

    /** Load with one more, as a share of the soft capacity. */
    private double utilisation() {
        return (inFlight + 1) / softCapacity;
    }

    public int cachedTokens(Request request, long nowNanos) {
        return request.blocks().isEmpty() ? 0 : cache.heldTokens(request.blocks(), request.inputTokens(), nowNanos);
    }

    /** Expected time of a whole answer that begins now, luck averaged out. */
    public double meanNanos(Request request, long nowNanos) {
        int cached = cachedTokens(request, nowNanos);
        return slowed(pace.meanNanos(request.inputTokens(), cached, request.outputTokens())) + queueNanos();
    }

    private double slowed(double nanos) {
        return slowness * Crowding.slowdown(utilisation()) * nanos;
    }

    /** How long a request that comes now waits for its turn. */
    double queueNanos() {
        return slowness * Crowding.slowdown(1) * typicalNanos * Crowding.queue(utilisation());
    }

    double firstNanos(Request request, int cached) {
        return slowed(pace.firstNanos(request.inputTokens(), cached));
    }

    double tokenNanos() {
        return slowed(pace.tokenNanos());
    }

    /** The fault that meets an attempt at the door; null: it is let in. */
    @Nullable
    FaultKind fault(long luck) {
        if (!present) {
            return FaultKind.REMOVED;
        }
        if (mode != null) {
            return mode.draw(Luck.unit(luck, 1));
        }
        return badLuck > 0 && Luck.unit(luck, 2) < badLuck ? FaultMix.ORDINARY.draw(Luck.unit(luck, 3)) : null;
    }

    boolean hasSlot() {
        return inFlight < slots;
    }

    void occupySlot() {
        inFlight++;
    }

    void process(Request request, long nowNanos) {
        for (Allowance allowance : allowances) {
            allowance.take(request.tokens());
        }
        if (!request.blocks().isEmpty()) {
            cache.use(request.blocks(), nowNanos);
        }
    }

    void freeSlot() {
        inFlight--;
    }

    /** From now on it is that many times as slow as it should be. */
    public void slow(double factor) {
        slowness = factor;
    }

    /** From now on it costs that many times what is listed. */
    public void price(double factor) {
        priceFactor = factor;
    }

    /** From now on it is there, or isn't. */
    public void present(boolean now) {
        present = now;
    }

    /** From now on every attempt fails like that; null: none has to. */
    public void mode(@Nullable FaultMix now) {
        mode = now;
    }

    /** From now on that share of the attempts has ordinary bad luck. */
    public void badLuck(double share) {
        badLuck = share;
    }
}
