package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.WhatIf;
import dev.tierway.domain.money.Price;
import org.jspecify.annotations.Nullable;

/** A replica at another price. */
final class Repriced {
    private static final double PICO = 1e12;

    private Repriced() {}

    /**
     * Its prices in the same proportion, so that this request's answer is expected to cost that much; a replica whose
     * price is unknown gets one price for every token.
     */
    static ReplicaView to(long nanoUsd, ReplicaView view, RequestFeatures features) {
        double usd = nanoUsd / 1e9;
        Price old = view.replica().price();
        double now = Expectations.price(view, features);
        Price price;
        if (old == null || !(now > 0)) {
            double tokens = features.tokens().input(view.model().id())
                    + Expectations.tokensPerChoice(view, features)
                            * features.tokens().choices();
            long each = (long) (usd * PICO / Math.max(1, tokens));
            price = new Price(each, each, null, null);
        } else {
            double factor = usd / now;
            price = old.each(unit -> (long) (unit * factor));
        }
        Replica replica = view.replica();
        return WhatIf.configured(view, replica(replica, price, replica.weight(), replica.priority()));
    }

    static Replica replica(Replica old, @Nullable Price price, int weight, int priority) {
        return new Replica(
                old.id(),
                old.provider(),
                old.model(),
                old.upstreamModel(),
                old.local(),
                price,
                old.phase(),
                weight,
                priority,
                old.tags(),
                old.region(),
                old.concurrency(),
                old.quotaDomains(),
                old.timeouts(),
                old.circuit(),
                old.retry(),
                old.learning());
    }
}
