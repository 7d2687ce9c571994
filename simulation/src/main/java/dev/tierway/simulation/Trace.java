package dev.tierway.simulation;

import java.util.List;

/**
 * Calls as they came in.
 *
 * @param name as reports show it
 * @param arrivals sorted by time, starting at 0
 */
public record Trace(String name, List<Arrival> arrivals) {
    public Trace {
        arrivals = List.copyOf(arrivals);
    }
}
