package dev.tierway.simulation;

/**
 * One run's coordinates.
 *
 * @param scenario what goes wrong, by its id
 * @param load share of the fleet's capacity the arrivals ask for
 * @param contender who routes, by its id
 * @param seed of all luck; contenders with the same seed meet the same luck
 */
public record Trial(String scenario, double load, String contender, long seed) {}
