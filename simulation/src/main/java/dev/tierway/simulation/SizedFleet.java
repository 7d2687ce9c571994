package dev.tierway.simulation;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.simulation.baseline.Backend;
import dev.tierway.simulation.world.Allowance;
import dev.tierway.simulation.world.Pace;
import dev.tierway.simulation.world.Rates;
import dev.tierway.simulation.world.ReplicaTruth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fleet sized for one trace and load: the replicas calls may go to, and at the end of the list the newcomer some
 * scenarios add, a copy of the first that is a tenth cheaper and a tenth slower, on limits of its own.
 */
final class SizedFleet {
    private final SimulatedFleet fleet;
    private final Sizing sizing;
    private final double callsPerSecond;
    private final Scaling scaling;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Pace> paces = new ArrayList<>();
    private final List<Double> softCapacities = new ArrayList<>();
    private final List<QuotaDomain> domains = new ArrayList<>();
    private final Map<ProviderId, Integer> providers = new LinkedHashMap<>();
    private final Price dearest;

    SizedFleet(SimulatedFleet fleet, TraceFacts facts, double load) {
        this.fleet = fleet;
        this.sizing = new Sizing(fleet, facts);
        this.callsPerSecond = facts.callsPerSecond();
        this.scaling = new Scaling(sizing.scaleFor(load), facts.largestRequest());
        this.dearest = Scaling.dearest(fleet.candidates());
        for (Replica replica : fleet.candidates()) {
            add(scaling.scaled(replica), fleet.paceOf(replica), scaling.softCapacity(replica));
        }
        fleet.catalogue().quotaDomains().forEach(domain -> domains.add(scaling.scaled(domain)));
        Replica first = fleet.candidates().getFirst();
        Replica newcomer = Scaling.newcomer(scaling.scaled(first));
        for (int i = 0; i < newcomer.quotaDomains().size(); i++) {
            QuotaDomain shared = domain(first.quotaDomains().get(i));
            domains.add(new QuotaDomain(newcomer.quotaDomains().get(i), shared == null ? List.of() : shared.limits()));
        }
        add(newcomer, fleet.paceOf(first).times(Scaling.NEWCOMER_TIME), scaling.softCapacity(first));
    }

    private void add(Replica replica, Pace pace, double softCapacity) {
        replicas.add(replica);
        paces.add(pace);
        softCapacities.add(softCapacity);
        providers.putIfAbsent(replica.provider(), providers.size());
    }

    /** Where the newcomer stands. */
    int newcomer() {
        return replicas.size() - 1;
    }

    int size() {
        return replicas.size();
    }

    SimulatedFleet plan() {
        return fleet;
    }

    Replica replica(int index) {
        return replicas.get(index);
    }

    /** Whether the rest can carry the whole trace without some of the replicas. */
    boolean canDoWithout(Collection<Integer> lost) {
        return sizing.callsPerSecond(scaling.scale(), lost) >= callsPerSecond;
    }

    /** How fast it truly is when nothing is wrong. */
    Pace pace(int index) {
        return paces.get(index);
    }

    /** The number of each replica's provider. */
    int[] providers() {
        return replicas.stream()
                .mapToInt(one -> providers.getOrDefault(one.provider(), 0))
                .toArray();
    }

    /** Replicas of the first one's provider, the newcomer aside. */
    List<Integer> ofFirstProvider() {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < newcomer(); i++) {
            if (replicas.get(i).provider().equals(replicas.getFirst().provider())) {
                found.add(i);
            }
        }
        return found;
    }

    /** The replicas as they truly are, fresh for one run. */
    List<ReplicaTruth> truths(TraceFacts facts) {
        Map<QuotaDomainId, Allowance> allowances = new LinkedHashMap<>();
        for (QuotaDomain domain : domains) {
            allowances.put(
                    domain.id(),
                    new Allowance(
                            Sizing.perMinute(domain, Dimension.REQUESTS),
                            Sizing.perMinute(domain, Dimension.TOKENS),
                            scaling.largestRequest()));
        }
        List<ReplicaTruth> truths = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            Replica replica = replicas.get(i);
            List<Allowance> own = new ArrayList<>();
            replica.quotaDomains().forEach(id -> {
                Allowance one = allowances.get(id);
                if (one != null) {
                    own.add(one);
                }
            });
            Integer slots = replica.concurrency();
            truths.add(new ReplicaTruth(
                    i,
                    paces.get(i),
                    paces.get(i).meanNanos(facts.meanInput(), 0, facts.meanOutput()),
                    softCapacities.get(i),
                    slots == null ? Integer.MAX_VALUE : slots,
                    Rates.of(Scaling.priceOf(replica, dearest)),
                    own));
        }
        truths.getLast().present(false);
        return truths;
    }

    /** What an operator would have configured at some moment. */
    Catalogue catalogue(Configuration now) {
        List<LogicalModel> models = List.copyOf(fleet.catalogue().models());
        List<Replica> configured = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            if (now.has(i, newcomer())) {
                configured.add(
                        now.priceFactor() != 1 && i == 0
                                ? Scaling.repriced(replicas.get(i), now.priceFactor())
                                : replicas.get(i));
            }
        }
        return new Catalogue(fleet.catalogue().providers(), models, configured, domains, List.of());
    }

    /** The same, as baselines are told. */
    List<Backend> backends(Configuration now) {
        int[] provider = providers();
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            Replica replica = replicas.get(i);
            Rates rates = Rates.of(Scaling.priceOf(replica, dearest));
            double factor = i == 0 ? now.priceFactor() : 1;
            Double limit = null;
            for (QuotaDomainId id : replica.quotaDomains()) {
                Double own = Sizing.perMinute(domain(id), Dimension.REQUESTS);
                limit = own == null || (limit != null && limit < own) ? limit : own;
            }
            backends.add(new Backend(
                    i,
                    provider[i],
                    now.has(i, newcomer()),
                    replica.local(),
                    1e6 * factor * rates.input(),
                    1e6 * factor * rates.output(),
                    limit == null ? Math.max(1, replica.weight()) : limit,
                    replica.priority()));
        }
        return backends;
    }

    private @Nullable QuotaDomain domain(QuotaDomainId id) {
        for (QuotaDomain domain : domains) {
            if (domain.id().equals(id)) {
                return domain;
            }
        }
        return null;
    }
}
