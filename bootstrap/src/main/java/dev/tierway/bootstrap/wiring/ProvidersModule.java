package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.ProvidesIntoSet;
import com.google.inject.multibindings.StringMapKey;
import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.adapter.providers.anthropic.AnthropicTransportFactory;
import dev.tierway.adapter.providers.azure.AzureOpenAiTransportFactory;
import dev.tierway.adapter.providers.bedrock.BedrockTransportFactory;
import dev.tierway.adapter.providers.cohere.CohereTransportFactory;
import dev.tierway.adapter.providers.google.GoogleTransportFactory;
import dev.tierway.adapter.providers.ollama.OllamaTransportFactory;
import dev.tierway.adapter.providers.openai.OpenAiTransportFactory;
import dev.tierway.application.port.out.AccountProbes;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ProviderTransports;
import dev.tierway.application.port.out.ReplicaProbes;
import dev.tierway.application.service.AccountProber;
import dev.tierway.application.service.ReplicaProber;
import dev.tierway.bootstrap.reload.Reloadable;
import dev.tierway.bootstrap.runtime.AccountProbeTable;
import dev.tierway.bootstrap.runtime.ProviderTransportTable;
import dev.tierway.bootstrap.runtime.ReplicaProbeTable;
import dev.tierway.domain.catalogue.ProviderId;
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

    @Provides
    @Singleton
    ProviderParts parts(Vertx vertx, Map<String, TransportFactory> factories) {
        return new ProviderParts(vertx, factories, given);
    }

    @Provides
    @Singleton
    ProviderTransportTable table(GatewayConfig config, ProviderParts parts) {
        return new ProviderTransportTable(parts.transports(config), given.values());
    }

    @Provides
    @Singleton
    ReplicaProbeTable probes(GatewayConfig config, ProviderParts parts) {
        return new ReplicaProbeTable(parts.probes(config));
    }

    @Provides
    @Singleton
    AccountProbeTable accounts(GatewayConfig config, ProviderParts parts) {
        return new AccountProbeTable(parts.accounts(config));
    }

    @ProvidesIntoSet
    @Singleton
    Reloadable providers(
            ProviderParts parts,
            ProviderTransportTable transports,
            ReplicaProbeTable probes,
            AccountProbeTable accounts,
            ReplicaProber prober,
            AccountProber accountProber,
            Vertx vertx) {
        return new ProvidersReload(parts, transports, probes, accounts, prober, accountProber, vertx);
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

    @Provides
    @Singleton
    ProviderTransports transports(ProviderTransportTable table) {
        return table;
    }
}
