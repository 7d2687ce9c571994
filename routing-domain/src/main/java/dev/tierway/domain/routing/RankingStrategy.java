package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Strategy;
import java.util.List;

/**
 * How eligible candidates are ranked: the place to bring a strategy of one's own. The filter, due probes, spillover,
 * budgets and clocks stay what they are under every strategy.
 */
public interface RankingStrategy {
    /** The name in configuration, calls and decisions. */
    Strategy id();

    /**
     * Picks one. Must be a pure function of its arguments (chance from the situation's seed alone, never from the order
     * of the list), quick, and safe to call from several threads: serving, dry runs and replay all call it.
     *
     * @param eligible at least one, with scores, in declared (in a route: target) order
     * @return one of the eligible, e.g. by {@link Pick#of}
     */
    Pick pick(List<Candidate> eligible, Situation situation);
}
