package dev.tierway.application.port.in;

import java.util.List;
import java.util.Optional;

/** What is known of the running fleet, without sending anything. */
public interface QueryFleet {
    FleetStatus fleet();

    /** How one provider is used; empty if there is none of that id. */
    Optional<ProviderUsage> usage(String provider);

    /** How all providers are used, in the order of the configuration. */
    List<ProviderUsage> usage();

    /** What is left of limits, replica by replica. */
    QuotaStatus quota();
}
