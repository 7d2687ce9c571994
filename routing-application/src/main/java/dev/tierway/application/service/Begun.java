package dev.tierway.application.service;

import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.fleet.ReplicaRegistry;

/**
 * A call that sees one configuration until it ends.
 *
 * @param fleet under that configuration
 * @param transports of that configuration, held for the call
 */
record Begun(CallSpec spec, ReplicaRegistry fleet, ProviderTransports.Held transports) {
    void takeBack() {
        transports.letGo();
    }
}
