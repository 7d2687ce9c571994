package dev.tierway.application.service;

import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.fleet.ReplicaRegistry;

/**
 * A call that sees one configuration until it ends.
 *
 * @param fleet under that configuration
 * @param turn its place among all that run here
 * @param transports of that configuration, held for the call
 */
record Begun(CallSpec spec, ReplicaRegistry fleet, ParkedCall.Turn turn, ProviderTransports.Held transports) {
    void takeBack() {
        turn.leave();
        transports.letGo();
    }
}
