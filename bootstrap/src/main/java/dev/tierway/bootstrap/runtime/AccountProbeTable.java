package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.AccountProbes;
import dev.tierway.domain.catalogue.ProviderId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the accounts of one configuration's providers are asked for; those that aren't are not in it. */
public final class AccountProbeTable implements AccountProbes, AutoCloseable {
    private final Map<ProviderId, Plan> plans;

    public AccountProbeTable(Map<ProviderId, Plan> plans) {
        this.plans = new LinkedHashMap<>(plans);
    }

    @Override
    public Optional<Plan> of(ProviderId provider) {
        return Optional.ofNullable(plans.get(provider));
    }

    @Override
    public void close() {
        plans.values().forEach(plan -> plan.probe().close());
    }
}
