package dev.tierway.simulation.world;

import org.jspecify.annotations.Nullable;

/** One attempt at a replica while it runs. Its next event is planned; a cancelled one ends at once. */
public final class Exchange implements Runnable {
    /** Who made the attempt. */
    public interface Client {
        void firstToken(Exchange exchange);

        /** It is answered or has failed: see {@link #fault()}. */
        void ended(Exchange exchange);
    }

    private final Upstreams upstreams;
    private final ReplicaTruth replica;
    private final Request request;
    private final Rates rates;
    private final Fate fate;
    private final Client client;
    private final long sentNanos;
    private boolean begun;
    private boolean over;

    Exchange(Upstreams upstreams, ReplicaTruth replica, Request request, Fate fate, Client client, long sentNanos) {
        this.upstreams = upstreams;
        this.replica = replica;
        this.request = request;
        this.rates = replica.rates();
        this.fate = fate;
        this.client = client;
        this.sentNanos = sentNanos;
    }

    /** When its next event is due. */
    long dueNanos() {
        return sentNanos + (fate.firstNanos() >= 0 && !begun ? fate.firstNanos() : fate.endNanos());
    }

    @Override
    public void run() {
        if (over) {
            return;
        }
        if (fate.firstNanos() >= 0 && !begun) {
            begun = true;
            upstreams.plan(this);
            client.firstToken(this);
        } else {
            over = true;
            upstreams.ended(this, fate.outputTokens());
            client.ended(this);
        }
    }

    /** The client doesn't want it any more: the vendor stops, and charges what it has worked. */
    public void cancel(long nowNanos) {
        if (!over) {
            over = true;
            upstreams.ended(this, outputBy(nowNanos));
        }
    }

    private int outputBy(long nowNanos) {
        long streaming = fate.endNanos() - fate.firstNanos();
        return !begun || streaming <= 0
                ? 0
                : (int) (fate.outputTokens() * (nowNanos - sentNanos - fate.firstNanos()) / streaming);
    }

    /** Null: answered, or cancelled before its fate. */
    public @Nullable FaultKind fault() {
        return fate.kind();
    }

    public Fate fate() {
        return fate;
    }

    public Request request() {
        return request;
    }

    public int replica() {
        return replica.index();
    }

    public long sentNanos() {
        return sentNanos;
    }

    /** When its first token came; meaningless before. */
    public long firstTokenNanos() {
        return sentNanos + fate.firstNanos();
    }

    ReplicaTruth truth() {
        return replica;
    }

    Rates rates() {
        return rates;
    }
}
