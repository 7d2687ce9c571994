package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.bootstrap.discovery.FoundModel;
import dev.tierway.bootstrap.discovery.FoundServer;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.money.Price;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LocalModelsTest {
    private static final FoundModel CODER = new FoundModel(
            "qwen2.5-coder:7b",
            ModelTier.SMALL,
            32_768,
            Set.of(Capability.TOOLS, Capability.JSON, Capability.REASONING),
            false);
    private static final FoundModel MYSTERY = new FoundModel("mystery:latest", null, null, Set.of(), false);
    private static final FoundModel EMBEDS =
            new FoundModel("nomic-embed-text", ModelTier.MICRO, null, Set.of(Capability.EMBEDDINGS), true);
    private static final List<FoundServer> SERVERS = List.of(
            new FoundServer("ollama", URI.create("http://127.0.0.1:11434"), List.of(CODER, MYSTERY, EMBEDS)),
            new FoundServer("vllm", URI.create("http://127.0.0.1:8000/v1"), List.of(CODER)),
            new FoundServer("vllm", URI.create("http://127.0.0.1:8080/v1"), List.of()));

    @Test
    void servers_found_are_providers_and_their_models_are_served() {
        GatewayConfig config = EnvironmentConfig.from(Map.of(), SERVERS).orElseThrow();

        assertThat(config.warnings()).isEmpty();
        assertThat(config.providers())
                .extracting(provider -> provider.id().value())
                .containsExactly("ollama", "vllm", "vllm-8080");
        assertThat(config.providers()).allMatch(ProviderConfig::local);
        assertThat(config.catalogue().model(new ModelId("qwen2.5-coder:7b"))).satisfies(model -> {
            assertThat(model.tier()).isEqualTo(ModelTier.SMALL);
            assertThat(model.contextWindow()).isEqualTo(32_768);
            assertThat(model.useCases()).containsExactly(UseCase.CHAT, UseCase.CODE, UseCase.REASONING);
        });
        assertThat(config.catalogue().replicasOf(new ModelId("qwen2.5-coder:7b")))
                .extracting(Replica::price)
                .containsExactly(Price.FREE, Price.FREE);
        assertThat(config.catalogue().model(new ModelId("nomic-embed-text")).useCases())
                .containsExactly(UseCase.EMBED);
        assertThat(config.catalogue().route("default").targets().getFirst().address())
                .isEqualTo("tier:small/chat");
    }

    @Test
    void a_model_whose_size_nobody_knows_is_asked_for_by_name_until_somebody_says_its_tier() {
        GatewayConfig config = EnvironmentConfig.from(Map.of(), SERVERS).orElseThrow();

        assertThat(config.catalogue().model(new ModelId("mystery:latest"))).isNull();
        assertThat(config.catalogue().unlisted("ollama/mystery:latest")).isNotNull();
        assertThat(EnvironmentConfig.remarks(SERVERS))
                .singleElement()
                .asString()
                .contains("ollama/mystery:latest", "which tier");
    }

    @Test
    void servers_stand_beside_the_vendors_whose_keys_are_there() {
        GatewayConfig config =
                EnvironmentConfig.from(Map.of("GROQ_API_KEY", "k"), SERVERS).orElseThrow();

        assertThat(config.providers().getFirst().kind()).isEqualTo("groq");
        assertThat(config.providers()).hasSize(4);
        assertThat(config.catalogue().models())
                .extracting(model -> model.id().value())
                .contains("gpt-oss-20b", "qwen2.5-coder:7b");
    }

    @Test
    void a_server_without_a_model_that_a_tier_could_have_is_nothing_to_begin_with() {
        List<FoundServer> empty = List.of(new FoundServer("ollama", URI.create("http://127.0.0.1:11434"), List.of()));

        assertThat(EnvironmentConfig.from(Map.of(), empty)).isEmpty();
    }
}
