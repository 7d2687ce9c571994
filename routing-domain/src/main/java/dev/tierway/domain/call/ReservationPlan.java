package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.routing.RequestFeatures;
import java.util.ArrayList;
import java.util.List;

/** What an attempt reserves: which limits, and how much of them. */
record ReservationPlan(List<Descriptor> descriptors, Amounts estimate) {
    /** Beyond what any model gives: absurd wishes must not overflow an estimate. */
    private static final long MOST_TOKENS = 10_000_000;

    private static final int MOST_CHOICES = 128;

    /** @param learned what is known of the vendor's own limits */
    static ReservationPlan of(
            CallSpec spec, ReplicaView view, List<QuotaDomain> domains, List<Descriptor> learned, boolean first) {
        List<Descriptor> descriptors = new ArrayList<>();
        for (Descriptor mine : spec.callerLimits().descriptors()) {
            if (first || perAttempt(mine.limit().dimension())) {
                descriptors.add(mine);
            }
        }
        for (QuotaDomain domain : domains) {
            for (Limit limit : domain.limits()) {
                descriptors.add(new Descriptor(QuotaDomain.owner(domain.id()), Side.DOMAIN, limit));
            }
        }
        descriptors.addAll(learned);
        return new ReservationPlan(descriptors, estimate(view, spec.features(), spec.callerLimits()));
    }

    /** The caller's request and concurrency belong to the call, its tokens and money to every attempt. */
    private static boolean perAttempt(Dimension dimension) {
        return dimension != Dimension.REQUESTS && dimension != Dimension.CONCURRENCY;
    }

    private static Amounts estimate(ReplicaView view, RequestFeatures features, CallerLimits limits) {
        ModelId model = view.model().id();
        long input = features.tokens().input(model);
        Long asked = features.tokens().maxOutput();
        Long cap = asked == null ? null : Math.min(MOST_TOKENS, asked);
        long p95 = view.mostOutput();
        int choices = Math.min(MOST_CHOICES, features.tokens().choices());
        long expected = choices * (cap == null ? p95 : Math.min(p95, cap));
        Integer modelCap = view.model().maxOutputTokens();
        long worst = choices
                * (cap != null
                        ? cap
                        : modelCap != null
                                ? modelCap
                                : limits.longest() != null ? Math.max(p95, limits.longest()) : p95);
        Price price = view.replica().price();
        if (price == null) {
            price = view.replica().local() ? Price.FREE : limits.dearest();
        }
        NanoUsd cost =
                price == null ? NanoUsd.ZERO : price.atMost(features.tokens().inputHigh(model), worst);
        NanoUsd expectedCost = price == null ? NanoUsd.ZERO : price.ofText(input, Math.min(worst, expected));
        return new Amounts(1, input, expected, cost, expectedCost);
    }
}
