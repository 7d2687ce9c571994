package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.ProviderConfig;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.money.Price;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentConfigTest {
    @Test
    void without_a_vendors_key_there_is_no_configuration() {
        assertThat(GatewayConfig.fromEnvironment(Map.of())).isEmpty();
        assertThat(GatewayConfig.fromEnvironment(Map.of("OPENAI_API_KEY", " ", "PATH", "/bin")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"OPENAI", "GEMINI", "GOOGLE", "GROQ", "MISTRAL", "DEEPSEEK", "OPENROUTER", "XAI", "CEREBRAS"})
    void each_vendors_key_alone_makes_a_usable_configuration(String vendor) {
        GatewayConfig config = GatewayConfig.fromEnvironment(Map.of(vendor + "_API_KEY", "canary"))
                .orElseThrow();

        ProviderConfig provider = config.providers().getFirst();
        assertThat(config.warnings()).isEmpty();
        assertThat(config.providers()).hasSize(1);
        assertThat(provider.apiKey().reveal()).isEqualTo("canary");
        assertThat(provider.baseUrl()).hasScheme("https");
        assertThat(config.catalogue().replicas()).isNotEmpty().allSatisfy(replica -> {
            assertThat(replica.provider()).isEqualTo(provider.id());
            assertThat(replica.price()).isEqualTo(priceInCatalogue(provider.id().value(), replica.upstreamModel()));
        });
        assertThat(config.catalogue().route("default").targets())
                .singleElement()
                .isInstanceOfSatisfying(
                        Target.Tier.class,
                        tier -> assertThat(config.catalogue().replicasServing(tier.tier(), UseCase.CHAT))
                                .isNotEmpty());
    }

    @Test
    void several_vendors_of_one_model_are_its_replicas() {
        Map<String, String> environment = new HashMap<>();
        KnownVendors.ALL.forEach(vendor -> environment.put(vendor.key(), "k"));

        GatewayConfig config = GatewayConfig.fromEnvironment(environment).orElseThrow();

        assertThat(config.providers()).hasSize(KnownVendors.ALL.size());
        assertThat(config.models()).hasSizeGreaterThan(KnownVendors.MODELS.size());
        assertThat(config.catalogue().replicas())
                .extracting(replica -> replica.id().value())
                .contains("groq/gpt-oss-120b", "openrouter/gpt-oss-120b");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void models_of_a_vendor_that_has_no_list_here_are_the_catalogues() {
        GatewayConfig config =
                GatewayConfig.fromEnvironment(Map.of("XAI_API_KEY", "k")).orElseThrow();

        assertThat(config.catalogue().replicas())
                .isNotEmpty()
                .allSatisfy(replica -> assertThat(ShippedCatalogue.get().find("xai", replica.upstreamModel()))
                        .isNotNull());
        assertThat(config.catalogue().passthroughs()).hasSize(1);
    }

    @Test
    void openais_models_cost_what_the_catalogue_says() {
        GatewayConfig config =
                GatewayConfig.fromEnvironment(Map.of("OPENAI_API_KEY", "k")).orElseThrow();

        assertThat(config.catalogue().replicas()).hasSize(4).allSatisfy(replica -> {
            assertThat(replica.price()).isNotNull();
            assertThat(replica.price().version()).startsWith("catalogue:");
        });
        assertThat(config.catalogue()
                        .replica(new ReplicaId("openai/gpt-5.5"))
                        .price()
                        .longPrompt())
                .as("the whole price, its long prompts too")
                .isNotNull();
    }

    /** As a provider with {@code models: catalogue} has it. */
    private static @Nullable Price priceInCatalogue(String vendor, String name) {
        String url = KnownVendors.ALL.stream()
                .filter(one -> one.id().equals(vendor))
                .map(KnownVendors.Vendor::url)
                .findFirst()
                .orElseThrow();
        GatewayConfig all = GatewayConfig.parse("""
            providers: [ { id: x, kind: openai-compatible, base-url: "%s", models: catalogue } ]
            models: []
            """.formatted(url), Map.of());
        return all.catalogue().replicas().stream()
                .filter(replica -> replica.upstreamModel().equals(name))
                .findFirst()
                .map(Replica::price)
                .orElse(null);
    }

    @Test
    void a_vendors_address_can_be_changed() {
        GatewayConfig config = GatewayConfig.fromEnvironment(
                        Map.of("OPENAI_API_KEY", "k", "OPENAI_BASE_URL", "https://proxy.example/v1/"))
                .orElseThrow();

        assertThat(config.providers().getFirst().baseUrl()).hasToString("https://proxy.example/v1");
        assertThat(config.catalogue().replicas())
                .as("whoever is there may charge otherwise")
                .allSatisfy(replica -> assertThat(replica.price()).isNull());
    }

    @Test
    void a_key_that_cannot_be_used_is_an_error_that_does_not_repeat_it() {
        assertThatThrownBy(() -> GatewayConfig.fromEnvironment(Map.of("OPENAI_API_KEY", "hunter2\n")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(
                        "environment:5:14: providers[0].api-key:" + " must not hold control characters or line breaks");
    }

    @Test
    void the_text_holds_placeholders_and_no_keys() {
        assertThat(EnvironmentConfig.yaml(Map.of("GROQ_API_KEY", "hunter2")).orElseThrow())
                .contains("api-key: ${GROQ_API_KEY}")
                .doesNotContain("hunter2");
    }
}
