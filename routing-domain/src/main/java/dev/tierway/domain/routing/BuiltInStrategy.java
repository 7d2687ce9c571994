package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fleet.Mixing;
import java.util.Comparator;
import java.util.List;

/** The strategies every installation knows. The fixed ones are an order over the eligible, ties by seed. */
public enum BuiltInStrategy implements RankingStrategy {
    /** The index in dollars, exploration, load: docs/routing.md. */
    ADAPTIVE(Strategy.ADAPTIVE) {
        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return ReplicaPicker.pick(ModelChoice.ofOneModel(eligible, situation), situation);
        }
    },
    /** Ascending priority, then declared order; in a route the order of its targets. */
    PRIORITY(Strategy.PRIORITY) {
        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            // A route's targets are in the order of preference already.
            return situation.features().ask().route() != null
                    ? least(eligible, situation, DECLARED)
                    : least(eligible, situation, BY_PRIORITY);
        }
    },
    /** The one used longest ago. */
    ROUND_ROBIN(Strategy.ROUND_ROBIN) {
        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return least(eligible, situation, Comparator.comparingLong(BuiltInStrategy::lastUsed));
        }
    },
    /** By chance, in proportion to the weights. */
    WEIGHTED(Strategy.WEIGHTED) {
        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return weighted(eligible, situation);
        }
    },
    /** The one with the fewest calls in flight. */
    LEAST_REQUESTS(Strategy.LEAST_REQUESTS) {
        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return least(
                    eligible,
                    situation,
                    Comparator.comparingInt(one -> one.view().state().inFlight()));
        }
    },
    /** The one expected to answer soonest. */
    LATENCY(Strategy.LATENCY) {
        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return least(
                    eligible,
                    situation,
                    Comparator.comparingDouble(one -> one.score().seconds()));
        }
    },
    /** The one expected to cost least. */
    COST(Strategy.COST) {
        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return least(
                    eligible,
                    situation,
                    Comparator.comparingDouble(one -> one.score().priceUsd()));
        }
    },
    /** The first declared that is eligible. */
    SINGLE(Strategy.SINGLE) {
        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return least(eligible, situation, DECLARED);
        }
    };

    private static final Comparator<Candidate> DECLARED = Comparator.comparingInt(Candidate::declared);
    private static final Comparator<Candidate> BY_PRIORITY = Comparator.<Candidate>comparingInt(
                    one -> one.view().replica().priority())
            .thenComparing(DECLARED);
    private static final long SALT_WEIGHTED = 104;

    @SuppressWarnings("ImmutableEnumChecker") // A record of a string.
    private final Strategy id;

    BuiltInStrategy(Strategy id) {
        this.id = id;
    }

    @Override
    public Strategy id() {
        return id;
    }

    /** What put one before the other. */
    DecidedBy decider(Candidate winner, Candidate next, Situation situation) {
        return switch (this) {
            case ADAPTIVE, WEIGHTED -> DecidedBy.CHANCE;
            case SINGLE -> DecidedBy.DECLARED_ORDER;
            case PRIORITY ->
                situation.features().ask().route() == null
                                && winner.view().replica().priority()
                                        < next.view().replica().priority()
                        ? DecidedBy.PRIORITY
                        : DecidedBy.DECLARED_ORDER;
            case ROUND_ROBIN -> lastUsed(winner) < lastUsed(next) ? DecidedBy.LAST_USED : DecidedBy.CHANCE;
            case LEAST_REQUESTS ->
                winner.view().state().inFlight() < next.view().state().inFlight() ? DecidedBy.LOAD : DecidedBy.CHANCE;
            case LATENCY -> winner.score().seconds() < next.score().seconds() ? DecidedBy.LATENCY : DecidedBy.CHANCE;
            case COST -> winner.score().priceUsd() < next.score().priceUsd() ? DecidedBy.PRICE : DecidedBy.CHANCE;
        };
    }

    /** @throws IllegalArgumentException naming the known strategies, if that one isn't built in */
    public static BuiltInStrategy of(Strategy id) {
        for (BuiltInStrategy one : values()) {
            if (one.id.equals(id)) {
                return one;
            }
        }
        throw new IllegalArgumentException("strategy '" + id + "' is not built in; those are " + Strategy.BUILT_IN);
    }

    private static long lastUsed(Candidate candidate) {
        Long at = candidate.view().state().lastUsedNanos();
        return at == null ? Long.MIN_VALUE : at;
    }

    private static Pick least(List<Candidate> candidates, Situation situation, Comparator<Candidate> order) {
        Candidate least = candidates.getFirst();
        for (Candidate candidate : candidates) {
            int compared = order.compare(candidate, least);
            if (compared < 0
                    || (compared == 0 && ReplicaPicker.compareByChance(candidate, least, situation.seed()) > 0)) {
                least = candidate;
            }
        }
        return Pick.of(least, 1);
    }

    /**
     * The first to ring of exponential clocks, each as fast as its weight: picks in proportion to the weights, whatever
     * the order of the list (Efraimidis and Spirakis 2006).
     */
    private static Pick weighted(List<Candidate> candidates, Situation situation) {
        long seed = situation.seed();
        Ask ask = situation.features().ask();
        long mixed = Mixing.mix(seed, SALT_WEIGHTED);
        Candidate winner = candidates.getFirst();
        double earliest = Double.POSITIVE_INFINITY;
        double all = 0;
        for (Candidate candidate : candidates) {
            double weight = ask.weight(candidate.view().replica());
            double drawn =
                    Mixing.unit(mixed, candidate.view().replica().id().value().hashCode());
            double rings = -StrictMath.log(1 - drawn) / weight;
            all += weight;
            if (rings < earliest || (rings == earliest && ReplicaPicker.compareByChance(candidate, winner, seed) > 0)) {
                winner = candidate;
                earliest = rings;
            }
        }
        return Pick.of(winner, all == 0 ? 1 : ask.weight(winner.view().replica()) / all);
    }
}
