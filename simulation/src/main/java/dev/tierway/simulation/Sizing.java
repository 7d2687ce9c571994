package dev.tierway.simulation;

import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.simulation.world.Crowding;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How large a fleet must be for a trace to be that share of its capacity. The trace stays as it is: what is scaled is
 * the fleet, as if the accounts were larger or smaller; prices and speeds stay.
 *
 * <p>A replica's capacity in calls per second is, by Little's law, its soft capacity divided by the mean time of a call
 * at that load, prompt caches aside; an account's limits per minute may allow less. The fleet's is the sum.
 */
final class Sizing {
    /** Slots a replica accepts ÷ slots it serves at full throughput. */
    static final double SLOTS_PER_SOFT = 1.5;

    /** Taken for a replica whose concurrency isn't configured. */
    static final int DEFAULT_SLOTS = 48;

    private static final double MOST_SCALE = 1e6;
    private static final int STEPS = 60;
    private static final double NANOS = 1e-9;

    private final SimulatedFleet fleet;
    private final TraceFacts facts;

    Sizing(SimulatedFleet fleet, TraceFacts facts) {
        this.fleet = fleet;
        this.facts = facts;
    }

    /**
     * The factor on concurrency and limits at which the trace asks for that share of the capacity.
     *
     * @throws IllegalArgumentException if the load isn't more than 0
     */
    double scaleFor(double load) {
        if (!(load > 0)) {
            throw new IllegalArgumentException("load must be more than 0, not " + load);
        }
        double wanted = facts.callsPerSecond() / load;
        double low = 0;
        double high = MOST_SCALE;
        for (int i = 0; i < STEPS; i++) {
            double middle = i < STEPS / 2 && low > 0 ? StrictMath.sqrt(low * high) : (low + high) / 2;
            if (callsPerSecond(middle) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Calls per second the fleet can serve at that scale. */
    double callsPerSecond(double scale) {
        return callsPerSecond(scale, Set.of());
    }

    /** The same without some of its replicas, by their place among the candidates. */
    double callsPerSecond(double scale, Collection<Integer> without) {
        List<Replica> replicas = fleet.candidates();
        double[] own = new double[replicas.size()];
        Map<QuotaDomainId, Double> asked = new LinkedHashMap<>();
        for (int i = 0; i < own.length; i++) {
            double meanSeconds = NANOS
                    * Crowding.slowdown(1)
                    * fleet.paceOf(replicas.get(i)).meanNanos(facts.meanInput(), 0, facts.meanOutput());
            own[i] = without.contains(i) ? 0 : softCapacity(replicas.get(i), scale) / meanSeconds;
            for (QuotaDomainId domain : replicas.get(i).quotaDomains()) {
                asked.merge(domain, own[i], Double::sum);
            }
        }
        double all = 0;
        for (int i = 0; i < own.length; i++) {
            double share = 1;
            for (QuotaDomainId domain : replicas.get(i).quotaDomains()) {
                Double allowed = allowedCalls(domain, scale);
                double together = asked.getOrDefault(domain, own[i]);
                if (allowed != null && together > 0) {
                    share = Math.min(share, allowed / together);
                }
            }
            all += own[i] * Math.min(1, share);
        }
        return all;
    }

    /** Requests at once a replica of a fleet of that scale serves at full throughput; at least one. */
    static double softCapacity(Replica replica, double scale) {
        Integer slots = replica.concurrency();
        return Math.max(1, scale * (slots == null ? DEFAULT_SLOTS : slots) / SLOTS_PER_SOFT);
    }

    /** Calls per second an account's limits allow; null: any number. */
    private @Nullable Double allowedCalls(QuotaDomainId id, double scale) {
        QuotaDomain domain = fleet.catalogue().quotaDomain(id);
        Double requests = perMinute(domain, Dimension.REQUESTS);
        Double tokens = perMinute(domain, Dimension.TOKENS);
        double byRequests = requests == null ? Double.POSITIVE_INFINITY : scale * requests / 60;
        double byTokens = tokens == null
                ? Double.POSITIVE_INFINITY
                : scale * tokens / 60 / (facts.meanInput() + facts.meanOutput());
        double least = Math.min(byRequests, byTokens);
        return Double.isInfinite(least) ? null : least;
    }

    /** The tightest limit of that dimension, per minute; null if there is none. */
    static @Nullable Double perMinute(@Nullable QuotaDomain domain, Dimension dimension) {
        Double tightest = null;
        for (Limit limit : domain == null ? List.<Limit>of() : domain.limits()) {
            if (limit.dimension() == dimension) {
                double rate = limit.amount() * 60e9 / limit.window().toNanos();
                tightest = tightest == null ? rate : Math.min(tightest, rate);
            }
        }
        return tightest;
    }
}
