package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.tierway.GatewayConfig;
import dev.tierway.ModelConfig;
import dev.tierway.ProbeConfig;
import dev.tierway.ProbesConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.ReplicaConfig;
import dev.tierway.UsageProbeConfig;
import dev.tierway.adapter.providers.Presets;
import dev.tierway.adapter.providers.ProviderDefaults;
import dev.tierway.adapter.providers.RequestDefaults;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.adapter.providers.anthropic.AnthropicTransportFactory;
import dev.tierway.adapter.providers.azure.AzureOpenAiTransportFactory;
import dev.tierway.adapter.providers.bedrock.BedrockTransportFactory;
import dev.tierway.adapter.providers.cohere.CohereTransportFactory;
import dev.tierway.adapter.providers.google.GoogleTransportFactory;
import dev.tierway.adapter.providers.ollama.OllamaTransportFactory;
import dev.tierway.adapter.providers.openai.OpenAiTransportFactory;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedTransportFactory;
import dev.tierway.application.port.out.AccountProbes;
import dev.tierway.application.port.out.ProbePlan;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.application.port.out.ReplicaProbes;
import dev.tierway.bootstrap.runtime.AccountProbeTable;
import dev.tierway.bootstrap.runtime.ProviderTransportTable;
import dev.tierway.bootstrap.runtime.ReplicaProbeTable;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;

/** How each provider of the configuration is spoken to: by its kind's factory, or by an object the embedder gave. */
final class ProvidersModule extends AbstractModule {
    private final Map<ProviderId, ProviderTransport> given;

    ProvidersModule(Map<ProviderId, ProviderTransport> given) {
        this.given = new LinkedHashMap<>(given);
    }

    @Override
    protected void configure() {
        MapBinder.newMapBinder(binder(), String.class, TransportFactory.class);
    }

    @ProvidesIntoMap
    @StringMapKey(OpenAiTransportFactory.OPENAI)
    @Singleton
    TransportFactory openAi(Vertx vertx) {
        return new OpenAiTransportFactory(vertx);
    }

    @ProvidesIntoMap
    @StringMapKey(OpenAiTransportFactory.OPENAI_COMPATIBLE)
    @Singleton
    TransportFactory openAiCompatible(Vertx vertx) {
        return new OpenAiTransportFactory(vertx);
    }

    @ProvidesIntoMap
    @StringMapKey(AnthropicTransportFactory.ANTHROPIC)
    @Singleton
    TransportFactory anthropic(Vertx vertx) {
        return new AnthropicTransportFactory(vertx);
    }

    @ProvidesIntoMap
    @StringMapKey(GoogleTransportFactory.GEMINI)
    @Singleton
    TransportFactory gemini(Vertx vertx) {
        return new GoogleTransportFactory(vertx);
    }

    @ProvidesIntoMap
    @StringMapKey(GoogleTransportFactory.VERTEX)
    @Singleton
    TransportFactory vertex(Vertx vertx) {
        return new GoogleTransportFactory(vertx);
    }

    @ProvidesIntoMap
    @StringMapKey(AzureOpenAiTransportFactory.AZURE_OPENAI)
    @Singleton
    TransportFactory azureOpenAi(Vertx vertx) {
        return new AzureOpenAiTransportFactory(vertx);
    }

    @ProvidesIntoMap
    @StringMapKey(BedrockTransportFactory.BEDROCK)
    @Singleton
    TransportFactory bedrock(Vertx vertx) {
        return new BedrockTransportFactory(vertx);
    }

    @ProvidesIntoMap
    @StringMapKey(CohereTransportFactory.COHERE)
    @Singleton
    TransportFactory cohere(Vertx vertx) {
        return new CohereTransportFactory(vertx);
    }

    @ProvidesIntoMap
    @StringMapKey(OllamaTransportFactory.OLLAMA)
    @Singleton
    TransportFactory ollama(Vertx vertx) {
        return new OllamaTransportFactory(vertx);
    }

    @ProvidesIntoMap
    @StringMapKey(SimulatedTransportFactory.SIMULATED)
    @Singleton
    TransportFactory simulated(Vertx vertx, GatewayConfig config) {
        return new SimulatedTransportFactory(vertx, id -> new ScriptBook(script(config, id)));
    }

    private static SimulatedScript script(GatewayConfig config, ProviderId id) {
        for (ProviderConfig provider : config.providers()) {
            SimulatedScript script = provider.simulated();
            if (provider.id().equals(id) && script != null) {
                return script;
            }
        }
        return SimulatedScript.HEALTHY;
    }

    @Provides
    @Singleton
    ProviderTransportTable table(GatewayConfig config, Map<String, TransportFactory> factories) {
        Map<ProviderId, ProviderTransport> transports = new LinkedHashMap<>();
        for (ProviderConfig provider : config.providers()) {
            ProviderTransport object = given.get(provider.id());
            transports.put(provider.id(), object != null ? object : create(config, provider, factories));
        }
        return new ProviderTransportTable(transports);
    }

    /** A provider whose transport the embedder gave isn't looked at: nobody knows where it is. */
    @Provides
    @Singleton
    ReplicaProbeTable probes(GatewayConfig config, Map<String, TransportFactory> factories) {
        ProbesConfig standing = config.routing().probes();
        Map<ProviderId, ProbePlan> plans = new LinkedHashMap<>();
        for (ProviderConfig provider : config.providers()) {
            ProbeConfig said = provider.probe();
            if (said.on(standing, provider.local()) && !given.containsKey(provider.id())) {
                factory(provider, factories)
                        .probe(provider.settings(), said.settings(standing))
                        .ifPresent(probe -> plans.put(
                                provider.id(), new ProbePlan(probe, said.interval(standing), said.timeout(standing))));
            }
        }
        return new ReplicaProbeTable(plans);
    }

    /** As above: where an embedder's own transport leads is not known. */
    @Provides
    @Singleton
    AccountProbeTable accounts(GatewayConfig config, Map<String, TransportFactory> factories) {
        Map<ProviderId, AccountProbes.Plan> plans = new LinkedHashMap<>();
        for (ProviderConfig provider : config.providers()) {
            UsageProbeConfig said = provider.usageProbe();
            if (said != null && !given.containsKey(provider.id())) {
                factory(provider, factories)
                        .account(provider.settings(), said.settings())
                        .ifPresent(probe -> plans.put(provider.id(), new AccountProbes.Plan(probe, said.every())));
            }
        }
        return new AccountProbeTable(plans);
    }

    @Provides
    @Singleton
    AccountProbes accountProbes(AccountProbeTable table) {
        return table;
    }

    @Provides
    @Singleton
    ReplicaProbes replicaProbes(ReplicaProbeTable table) {
        return table;
    }

    private static ProviderTransport create(
            GatewayConfig config, ProviderConfig provider, Map<String, TransportFactory> factories) {
        return factory(provider, factories).create(provider.settings().with(defaults(config, provider)));
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

    private static TransportFactory factory(ProviderConfig provider, Map<String, TransportFactory> factories) {
        String kind =
                Presets.find(provider.kind()) == null ? provider.kind() : OpenAiTransportFactory.OPENAI_COMPATIBLE;
        TransportFactory factory = factories.get(kind);
        if (factory == null) {
            throw new IllegalStateException("no transport for providers of kind '" + provider.kind() + "'");
        }
        return factory;
    }

    @Provides
    @Singleton
    ProviderTransports transports(ProviderTransportTable table) {
        return table;
    }
}
