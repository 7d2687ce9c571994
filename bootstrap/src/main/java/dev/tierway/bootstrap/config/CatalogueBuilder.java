package dev.tierway.bootstrap.config;

import dev.tierway.CircuitConfig;
import dev.tierway.GatewayConfig;
import dev.tierway.ModelConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.QuotaDomainConfig;
import dev.tierway.ReplicaConfig;
import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.Dialects;
import dev.tierway.adapter.providers.RequestDefaults;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Passthrough;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Reach;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.money.Price;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the domain's catalogue of a configuration: levels laid over one another, short forms written out. */
public final class CatalogueBuilder {
    private final GatewayConfig config;
    private final Map<ProviderId, ProviderConfig> providers = new LinkedHashMap<>();

    public CatalogueBuilder(GatewayConfig config) {
        this.config = config;
        config.providers().forEach(provider -> providers.put(provider.id(), provider));
    }

    /**
     * The catalogue.
     *
     * @throws IllegalArgumentException if the configuration isn't one that {@link GatewayConfig} would accept
     */
    public Catalogue build() {
        List<LogicalModel> models = new ArrayList<>();
        List<Replica> replicas = new ArrayList<>();
        for (ModelConfig model : config.models()) {
            models.add(model.model());
            model.replicas()
                    .forEach(replica -> replicas.add(replica(model.model().id(), replica)));
        }
        List<Route> routes = new RouteBuilder(config.routes(), models, replicas).build();
        return new Catalogue(
                config.providers().stream().map(CatalogueBuilder::provider).toList(),
                models,
                replicas,
                quotaDomains(),
                routes,
                config.providers().stream()
                        .filter(ProviderConfig::passthrough)
                        .map(this::passthrough)
                        .toList());
    }

    private Passthrough passthrough(ProviderConfig provider) {
        LogicalModel model = Passthrough.modelOf(provider.id());
        ReplicaConfig unlisted = new ReplicaConfig(
                Passthrough.replicaOf(provider.id()),
                provider.id(),
                Passthrough.SHARED,
                null,
                Phase.ACTIVE,
                1,
                1,
                List.of(),
                null,
                null,
                null,
                Timeouts.Override.NONE,
                CircuitConfig.NONE,
                RetrySettings.Override.NONE,
                RequestDefaults.NONE);
        return new Passthrough(model, replica(model.id(), unlisted));
    }

    private static Provider provider(ProviderConfig provider) {
        return new Provider(
                provider.id(),
                provider.kind(),
                provider.local(),
                provider.passthrough(),
                provider.displayName(),
                Dialects.of(provider.kind()),
                Dialects.byModel(provider.kind()),
                reach(provider));
    }

    /** The records of an account compare their secrets, and show none. */
    private static Reach reach(ProviderConfig provider) {
        List<Object> place = new ArrayList<>();
        place.add(Optional.ofNullable(provider.baseUrl()));
        place.add(Optional.ofNullable(provider.aws()).map(AwsSettings::region));
        place.add(Optional.ofNullable(provider.google()));
        return new Reach(
                List.copyOf(place),
                List.of(
                        Optional.ofNullable(provider.apiKey()),
                        provider.headers(),
                        Optional.ofNullable(provider.aws()),
                        provider.azure()));
    }

    Replica replica(ModelId model, ReplicaConfig replica) {
        ProviderConfig provider = providers.get(replica.provider());
        if (provider == null) {
            throw new IllegalArgumentException("unknown provider '" + replica.provider() + "'");
        }
        return new Replica(
                replica.id() == null ? new ReplicaId(replica.provider() + "/" + model) : replica.id(),
                provider.id(),
                model,
                replica.upstreamModel() == null ? model.value() : replica.upstreamModel(),
                provider.local(),
                replica.price() == null && provider.local() ? Price.FREE : replica.price(),
                replica.phase(),
                replica.weight(),
                replica.priority(),
                replica.tags(),
                replica.region(),
                replica.concurrency(),
                domainsOf(provider, replica),
                replica.timeouts()
                        .over(provider.timeouts().over(config.routing().policy().timeouts())),
                replica.circuit().over(provider.circuit().over(config.routing().circuit())),
                replica.retry().over(provider.retry().over(config.routing().retry())),
                config.routing()
                        .learning()
                        .closing(provider.circuit().over(config.routing().circuit())));
    }

    /** The account's own limits, then the shared ones. */
    private static List<QuotaDomainId> domainsOf(ProviderConfig provider, ReplicaConfig replica) {
        Set<QuotaDomainId> domains = new LinkedHashSet<>();
        if (!provider.quota().isEmpty()) {
            domains.add(new QuotaDomainId(provider.id().value()));
        }
        if (provider.quotaDomain() != null) {
            domains.add(provider.quotaDomain());
        }
        if (replica.quotaDomain() != null) {
            domains.add(replica.quotaDomain());
        }
        return List.copyOf(domains);
    }

    private List<QuotaDomain> quotaDomains() {
        List<QuotaDomain> domains = new ArrayList<>();
        for (ProviderConfig provider : config.providers()) {
            if (!provider.quota().isEmpty()) {
                domains.add(new QuotaDomain(new QuotaDomainId(provider.id().value()), provider.quota()));
            }
        }
        for (QuotaDomainConfig domain : config.quotaDomains()) {
            domains.add(new QuotaDomain(domain.id(), domain.effectiveLimits(), domain.heard()));
        }
        return domains;
    }
}
