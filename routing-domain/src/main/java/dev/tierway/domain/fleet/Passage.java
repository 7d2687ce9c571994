package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.CircuitSettings;

/**
 * How an attempt passed a circuit.
 *
 * @param epoch of the circuit then
 * @param probe whether it took the one place of a half-open circuit
 * @param tripped whether the circuit hadn't closed: an answer is news, whoever asked
 */
record Passage(int epoch, boolean probe, boolean tripped) {
    Circuit taken(Circuit circuit) {
        return probe ? circuit.probeTaken() : circuit;
    }

    Circuit returned(Circuit circuit) {
        return probe ? circuit.probeReturned(epoch) : circuit;
    }

    Circuit committed(Circuit circuit, long nowNanos, CircuitSettings settings) {
        return tripped ? circuit.probeCommitted(epoch, nowNanos, settings) : circuit;
    }
}
