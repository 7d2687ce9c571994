package dev.tierway.adapter.http.admin;

import dev.tierway.application.port.in.FleetStatus;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QuotaStatus;
import java.util.List;
import java.util.Optional;

/** Nobody looks at the fleet here. */
final class NoFleet implements QueryFleet {
    @Override
    public FleetStatus fleet() {
        throw new AssertionError("not asked for");
    }

    @Override
    public Optional<ProviderUsage> usage(String provider) {
        throw new AssertionError("not asked for");
    }

    @Override
    public List<ProviderUsage> usage() {
        throw new AssertionError("not asked for");
    }

    @Override
    public QuotaStatus quota() {
        throw new AssertionError("not asked for");
    }
}
