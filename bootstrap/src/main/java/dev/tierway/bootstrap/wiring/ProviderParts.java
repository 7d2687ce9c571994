package dev.tierway.bootstrap.wiring;

import dev.tierway.GatewayConfig;
import dev.tierway.ModelConfig;
import dev.tierway.ProbeConfig;
import dev.tierway.ProbesConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.ReplicaConfig;
import dev.tierway.UsageProbeConfig;
import dev.tierway.adapter.providers.Presets;
import dev.tierway.adapter.providers.ProviderDefaults;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.RequestDefaults;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.adapter.providers.openai.OpenAiTransportFactory;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedTransportFactory;
import dev.tierway.application.port.out.AccountProbes;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.ProbePlan;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.bootstrap.runtime.Recipe;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a configuration's providers need: transports by their kinds' factories or as the embedder gave them, and probes. */
final class ProviderParts {
    private final Vertx vertx;
    private final Map<String, TransportFactory> factories;
    private final Map<ProviderId, ProviderTransport> given;

    ProviderParts(Vertx vertx, Map<String, TransportFactory> factories, Map<ProviderId, ProviderTransport> given) {
        this.vertx = vertx;
        this.factories = factories;
        this.given = given;
    }

    Map<ProviderId, Recipe<ProviderTransport>> transports(GatewayConfig config) {
        Map<ProviderId, Recipe<ProviderTransport>> recipes = new LinkedHashMap<>();
        for (ProviderConfig provider : config.providers()) {
            ProviderTransport object = given.get(provider.id());
            recipes.put(
                    provider.id(),
                    object != null ? new Recipe<>(object, () -> new Lent(object)) : recipe(config, provider));
        }
        return recipes;
    }

    /** An embedder's: a configuration may leave it out and another take it in again. */
    private record Lent(ProviderTransport object) implements ProviderTransport {
        @Override
        public AttemptHandle open(AttemptRequest request, AttemptSink sink) {
            return object.open(request, sink);
        }

        @Override
        public void close() {
            // It is closed with the engine.
        }
    }

    private Recipe<ProviderTransport> recipe(GatewayConfig config, ProviderConfig provider) {
        ProviderSettings settings = provider.settings().with(defaults(config, provider));
        return new Recipe<>(
                List.of(settings, Optional.ofNullable(provider.simulated())),
                () -> factory(provider).create(settings));
    }

    /** A provider whose transport the embedder gave isn't looked at: nobody knows where it is. */
    Map<ProviderId, Recipe<Optional<ProbePlan>>> probes(GatewayConfig config) {
        ProbesConfig standing = config.routing().probes();
        Map<ProviderId, Recipe<Optional<ProbePlan>>> recipes = new LinkedHashMap<>();
        for (ProviderConfig provider : config.providers()) {
            ProbeConfig said = provider.probe();
            if (said.on(standing, provider.local()) && !given.containsKey(provider.id())) {
                var settings = said.settings(standing);
                recipes.put(
                        provider.id(),
                        new Recipe<>(
                                List.of(provider.settings(), settings, said.interval(standing), said.timeout(standing)),
                                () -> factory(provider)
                                        .probe(provider.settings(), settings)
                                        .map(probe -> new ProbePlan(
                                                probe, said.interval(standing), said.timeout(standing)))));
            }
        }
        return recipes;
    }

    /** As above: where an embedder's own transport leads is not known. */
    Map<ProviderId, Recipe<Optional<AccountProbes.Plan>>> accounts(GatewayConfig config) {
        Map<ProviderId, Recipe<Optional<AccountProbes.Plan>>> recipes = new LinkedHashMap<>();
        for (ProviderConfig provider : config.providers()) {
            UsageProbeConfig said = provider.usageProbe();
            if (said != null && !given.containsKey(provider.id())) {
                recipes.put(
                        provider.id(),
                        new Recipe<>(
                                List.of(provider.settings(), said.settings(), said.every()),
                                () -> factory(provider)
                                        .account(provider.settings(), said.settings())
                                        .map(probe -> new AccountProbes.Plan(probe, said.every()))));
            }
        }
        return recipes;
    }

    private static ProviderDefaults defaults(GatewayConfig config, ProviderConfig provider) {
        Map<ReplicaId, RequestDefaults> ofReplicas = new LinkedHashMap<>();
        for (ModelConfig model : config.models()) {
            for (ReplicaConfig replica : model.replicas()) {
                if (replica.provider().equals(provider.id())
                        && !replica.defaults().isEmpty()) {
                    ReplicaId id = replica.id() == null
                            ? new ReplicaId(provider.id() + "/" + model.model().id())
                            : replica.id();
                    ofReplicas.put(id, replica.defaults().over(provider.defaults()));
                }
            }
        }
        return new ProviderDefaults(provider.defaults(), ofReplicas);
    }

    private TransportFactory factory(ProviderConfig provider) {
        String kind =
                Presets.find(provider.kind()) == null ? provider.kind() : OpenAiTransportFactory.OPENAI_COMPATIBLE;
        if (kind.equals(SimulatedTransportFactory.SIMULATED)) {
            SimulatedScript script = provider.simulated();
            return new SimulatedTransportFactory(
                    vertx, id -> new ScriptBook(script == null ? SimulatedScript.HEALTHY : script));
        }
        TransportFactory factory = factories.get(kind);
        if (factory == null) {
            throw new IllegalStateException("no transport for providers of kind '" + provider.kind() + "'");
        }
        return factory;
    }
}
