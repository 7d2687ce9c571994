package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.adapter.providers.Dialects;
import dev.tierway.adapter.providers.Preset;
import dev.tierway.adapter.providers.Presets;
import dev.tierway.domain.catalogue.ProviderId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PresetConfigTest {
    static List<Preset> all() {
        return Presets.all();
    }

    private static GatewayConfig with(String provider) {
        return Configs.parsed("""
            providers: [{ id: p, %s }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """.formatted(provider));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_presets_name_is_a_kind_that_needs_no_more_than_its_key(Preset preset) {
        String key = preset.local() ? "" : ", api-key: \"${VENDOR_KEY}\"";
        String url = preset.baseUrl() == null ? ", base-url: \"https://example.com/v1\"" : "";
        GatewayConfig config = with("kind: " + preset.id() + key + url);

        ProviderConfig provider = config.providers().getFirst();
        assertThat(config.warnings()).isEmpty();
        assertThat(provider.kind()).isEqualTo(preset.id());
        assertThat(provider.local()).isEqualTo(preset.local());
        assertThat(provider.reportsUsage()).isEqualTo(preset.asksUsage());
        if (preset.baseUrl() != null) {
            assertThat(provider.baseUrl()).isEqualTo(preset.baseUrl());
        }
        assertThat(config.catalogue().provider(new ProviderId("p")).dialect()).isEqualTo(Dialects.of(preset.id()));
    }

    @Test
    void what_a_provider_says_goes_before_its_preset() {
        ProviderConfig provider = with("kind: vllm, base-url: \"http://gpu:9/v1\", local: false, reports-usage: false")
                .providers()
                .getFirst();

        assertThat(provider.baseUrl()).hasToString("http://gpu:9/v1");
        assertThat(provider.local()).isFalse();
        assertThat(provider.reportsUsage()).isFalse();
    }

    @Test
    void a_vendor_without_its_key_is_an_error_that_names_the_usual_variable() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: groq }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """)).singleElement().asString().contains("needs an api-key", "${GROQ_API_KEY}");
    }

    @Test
    void an_account_with_an_address_of_its_own_must_say_it() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: databricks, api-key: "${VENDOR_KEY}" }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """)).singleElement().asString().contains("needs a base-url");
    }

    @Test
    void a_misspelt_preset_gets_a_suggestion() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: mistrall, api-key: "${VENDOR_KEY}" }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """)).singleElement().asString().contains("did you mean 'mistral'?");
    }

    @Test
    void the_catalogue_knows_a_presets_vendor() {
        GatewayConfig config = Configs.parsed("""
            providers: [{ id: p, kind: groq, api-key: "${VENDOR_KEY}", models: catalogue }]
            models: []
            """);

        assertThat(config.models()).isNotEmpty();
    }

    @Test
    void ollama_and_cohere_are_kinds_of_their_own() {
        ProviderConfig ollama = with("kind: ollama").providers().getFirst();
        ProviderConfig cohere =
                with("kind: cohere, api-key: \"${VENDOR_KEY}\"").providers().getFirst();

        assertThat(ollama.local()).isTrue();
        assertThat(ollama.baseUrl()).hasToString("http://127.0.0.1:11434");
        assertThat(cohere.local()).isFalse();
        assertThat(cohere.baseUrl()).hasToString("https://api.cohere.com");
    }
}
