package dev.tierway.domain.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything configured, indexed so that finding a call's candidates never walks the whole fleet. Immutable; a reload
 * makes a new one.
 */
public final class Catalogue {
    public static final Catalogue EMPTY = new Catalogue(List.of(), List.of(), List.of(), List.of(), List.of());

    private final Map<ProviderId, Provider> providers;
    private final Map<ModelId, LogicalModel> models;
    private final Map<ReplicaId, Replica> replicas;
    private final Map<QuotaDomainId, QuotaDomain> quotaDomains;
    private final Map<String, Route> routes;
    private final List<Route> patterns;
    private final Map<ProviderId, Passthrough> passthroughs;
    private final Map<ModelId, List<Replica>> replicasOfModel = new LinkedHashMap<>();
    private final Map<ModelTier, List<Replica>> replicasOfTier = new EnumMap<>(ModelTier.class);
    private final Map<Target.Tier, List<Replica>> replicasServing = new LinkedHashMap<>();

    /** Without providers that serve unlisted models. */
    public Catalogue(
            Collection<Provider> providers,
            Collection<LogicalModel> models,
            Collection<Replica> replicas,
            Collection<QuotaDomain> quotaDomains,
            Collection<Route> routes) {
        this(providers, models, replicas, quotaDomains, routes, List.of());
    }

    /** @throws IllegalArgumentException for two things of one id, or a reference to nothing */
    public Catalogue(
            Collection<Provider> providers,
            Collection<LogicalModel> models,
            Collection<Replica> replicas,
            Collection<QuotaDomain> quotaDomains,
            Collection<Route> routes,
            Collection<Passthrough> passthroughs) {
        this.providers = index("provider", providers, Provider::id);
        this.models = index("model", models, LogicalModel::id);
        this.replicas = index("replica", replicas, Replica::id);
        this.quotaDomains = index("quota domain", quotaDomains, QuotaDomain::id);
        this.routes = index("route", routes, Route::name);
        List<Route> prefixes = new ArrayList<>(
                this.routes.values().stream().filter(Route::isPattern).toList());
        prefixes.sort((a, b) -> b.name().length() - a.name().length());
        this.patterns = List.copyOf(prefixes);
        this.replicas.values().forEach(this::file);
        this.passthroughs = index(
                "passthrough",
                passthroughs,
                passthrough -> passthrough.replica().provider());
        for (Passthrough passthrough : passthroughs) {
            Replica shared = passthrough.replica();
            if (!this.providers.containsKey(shared.provider())
                    || this.replicas.containsKey(shared.id())
                    || this.models.containsKey(shared.model())) {
                throw new IllegalArgumentException("the passthrough of '" + shared.provider()
                        + "' needs that provider, and its ids for itself: " + shared.id());
            }
        }
    }

    private void file(Replica replica) {
        LogicalModel model = models.get(replica.model());
        if (model == null || !providers.containsKey(replica.provider())) {
            throw new IllegalArgumentException("replica '" + replica.id() + "' names an unknown "
                    + (model == null ? "model '" + replica.model() : "provider '" + replica.provider()) + "'");
        }
        for (QuotaDomainId domain : replica.quotaDomains()) {
            if (!quotaDomains.containsKey(domain)) {
                throw new IllegalArgumentException(
                        "replica '" + replica.id() + "' names an unknown quota domain '" + domain + "'");
            }
        }
        replicasOfModel.computeIfAbsent(model.id(), k -> new ArrayList<>()).add(replica);
        replicasOfTier.computeIfAbsent(model.tier(), k -> new ArrayList<>()).add(replica);
        for (UseCase useCase : model.useCases()) {
            replicasServing
                    .computeIfAbsent(new Target.Tier(model.tier(), useCase), k -> new ArrayList<>())
                    .add(replica);
        }
    }

    private static <K, V> Map<K, V> index(String what, Collection<V> values, java.util.function.Function<V, K> key) {
        Map<K, V> map = new LinkedHashMap<>();
        for (V value : values) {
            if (map.put(key.apply(value), value) != null) {
                throw new IllegalArgumentException("two " + what + "s have the id '" + key.apply(value) + "'");
            }
        }
        return Collections.unmodifiableMap(map);
    }

    public Collection<Provider> providers() {
        return providers.values();
    }

    public Collection<LogicalModel> models() {
        return models.values();
    }

    public Collection<Replica> replicas() {
        return replicas.values();
    }

    public Collection<Route> routes() {
        return routes.values();
    }

    public Collection<QuotaDomain> quotaDomains() {
        return quotaDomains.values();
    }

    /** One per provider that serves unlisted models. */
    public Collection<Passthrough> passthroughs() {
        return passthroughs.values();
    }

    /**
     * The replica of an unlisted model, from {@code PROVIDER/NAME}: the provider is what stands before the first slash, the
     * rest is the upstream's name as a whole.
     *
     * @return null if the provider serves no unlisted models, or the text is no id
     */
    public @Nullable Replica unlisted(String name) {
        Passthrough passthrough = passthroughOf(name);
        if (passthrough == null || !Ids.isPath(name)) {
            return null;
        }
        String upstream = name.substring(name.indexOf('/') + 1);
        return passthrough.replica().serving(new ReplicaId(name), new ModelId(name), upstream);
    }

    private @Nullable Passthrough passthroughOf(String name) {
        int slash = name.indexOf('/');
        if (passthroughs.isEmpty() || slash < 1 || slash == name.length() - 1) {
            return null;
        }
        String provider = name.substring(0, slash);
        return Ids.isName(provider) ? passthroughs.get(new ProviderId(provider)) : null;
    }

    public @Nullable Provider provider(ProviderId id) {
        return providers.get(id);
    }

    public @Nullable LogicalModel model(ModelId id) {
        return models.get(id);
    }

    public @Nullable Replica replica(ReplicaId id) {
        return replicas.get(id);
    }

    public @Nullable QuotaDomain quotaDomain(QuotaDomainId id) {
        return quotaDomains.get(id);
    }

    /** The model a replica serves; every replica of this catalogue has one. */
    public LogicalModel modelOf(Replica replica) {
        LogicalModel model = models.get(replica.model());
        if (model != null) {
            return model;
        }
        if (passthroughOf(replica.model().value()) == null) {
            throw new IllegalArgumentException("replica '" + replica.id() + "' is not of this catalogue");
        }
        return Passthrough.model(replica.model());
    }

    /** The provider of a replica; every replica of this catalogue has one. */
    public Provider providerOf(Replica replica) {
        Provider provider = providers.get(replica.provider());
        if (provider == null) {
            throw new IllegalArgumentException("replica '" + replica.id() + "' is not of this catalogue");
        }
        return provider;
    }

    /** The route of exactly that name. */
    public @Nullable Route route(String name) {
        return routes.get(name);
    }

    /** The pattern route with the longest prefix of that name. */
    public @Nullable Route patternFor(String name) {
        return patternFor(name, Collections.emptySet());
    }

    /** The same without those of some names. */
    public @Nullable Route patternFor(String name, Set<String> but) {
        for (Route route : patterns) {
            if (name.startsWith(route.prefix()) && !but.contains(route.name())) {
                return route;
            }
        }
        return null;
    }

    public List<Replica> replicasOf(ModelId model) {
        return replicasOfModel.getOrDefault(model, List.of());
    }

    public List<Replica> replicasOf(ModelTier tier) {
        return replicasOfTier.getOrDefault(tier, List.of());
    }

    /** Replicas of the tier's models that serve the use case. */
    public List<Replica> replicasServing(ModelTier tier, UseCase useCase) {
        return replicasServing.getOrDefault(new Target.Tier(tier, useCase), List.of());
    }
}
