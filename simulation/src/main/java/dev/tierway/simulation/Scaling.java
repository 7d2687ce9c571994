package dev.tierway.simulation;

import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a fleet's replicas and accounts larger or smaller.
 *
 * @param scale factor on concurrency and limits
 * @param largestRequest tokens that must fit into a limit's burst
 */
record Scaling(double scale, long largestRequest) {
    /** The newcomer's prices and times ÷ those of the replica it is a copy of. */
    static final double NEWCOMER_PRICE = 0.9;

    static final double NEWCOMER_TIME = 1.1;

    private static final String NEW = "-new";

    double softCapacity(Replica replica) {
        return Sizing.softCapacity(replica, scale);
    }

    Replica scaled(Replica replica) {
        int slots = (int) Math.max(2, StrictMath.ceil(Sizing.SLOTS_PER_SOFT * softCapacity(replica)));
        return with(
                replica,
                replica.id(),
                replica.price(),
                replica.concurrency() == null ? null : slots,
                replica.quotaDomains());
    }

    QuotaDomain scaled(QuotaDomain domain) {
        return new QuotaDomain(
                domain.id(), domain.limits().stream().map(this::scaled).toList());
    }

    private Limit scaled(Limit limit) {
        boolean tokens = switch (limit.dimension()) {
            case TOKENS, INPUT_TOKENS, OUTPUT_TOKENS -> true;
            case REQUESTS, CONCURRENCY, MONEY -> false;
        };
        long burst = Math.max(tokens ? largestRequest : 1, StrictMath.round(scale * limit.burst()));
        return new Limit(
                limit.dimension(), Math.max(1, StrictMath.round(scale * limit.amount())), limit.window(), burst);
    }

    /** A copy of a replica: a tenth cheaper, under another id, on accounts of its own. */
    static Replica newcomer(Replica first) {
        Price price = first.price();
        return with(
                first,
                new ReplicaId(first.id().value() + NEW),
                price == null ? null : times(price, NEWCOMER_PRICE),
                first.concurrency(),
                first.quotaDomains().stream()
                        .map(id -> new QuotaDomainId(id.value() + NEW))
                        .toList());
    }

    static Replica repriced(Replica replica, double factor) {
        Price price = replica.price();
        return price == null
                ? replica
                : with(replica, replica.id(), times(price, factor), replica.concurrency(), replica.quotaDomains());
    }

    private static Price times(Price price, double factor) {
        return price.each(unit -> StrictMath.round(factor * unit));
    }

    private static Replica with(
            Replica replica,
            ReplicaId id,
            @Nullable Price price,
            @Nullable Integer concurrency,
            List<QuotaDomainId> domains) {
        return new Replica(
                id,
                replica.provider(),
                replica.model(),
                replica.upstreamModel(),
                replica.local(),
                price,
                replica.phase(),
                replica.weight(),
                replica.priority(),
                replica.tags(),
                replica.region(),
                concurrency,
                domains,
                replica.timeouts(),
                replica.circuit(),
                replica.retry(),
                replica.learning());
    }

    /** What an unknown price is taken for: free for a local replica, else the dearest known. */
    static Price priceOf(Replica replica, Price dearest) {
        Price known = replica.price();
        return known != null ? known : replica.local() ? Price.FREE : dearest;
    }

    static Price dearest(List<Replica> replicas) {
        Price dearest = Price.FREE;
        for (Replica replica : replicas) {
            Price price = replica.price();
            if (price != null && price.input() + price.output() > dearest.input() + dearest.output()) {
                dearest = price;
            }
        }
        return dearest;
    }
}
