package dev.tierway.application.port.in;

import java.util.List;

/** What is known of the running fleet, without sending anything. */
public interface QueryFleet {
    FleetStatus fleet();

    /** Usage of one provider. */
    List<ReplicaStatus> replicasOfProvider(String provider);
}
