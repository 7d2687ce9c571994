package dev.tierway.adapter.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    static List<Preset> all() {
        return Presets.all();
    }

    @Test
    void every_vendor_and_server_of_the_family_has_a_line() {
        assertThat(Presets.all())
                .extracting(Preset::id)
                .contains(
                        "groq",
                        "mistral",
                        "deepseek",
                        "xai",
                        "together",
                        "fireworks",
                        "openrouter",
                        "perplexity",
                        "cerebras",
                        "nvidia-nim",
                        "deepinfra",
                        "sambanova",
                        "novita",
                        "huggingface",
                        "moonshot",
                        "qwen",
                        "ai21",
                        "databricks",
                        "cloudflare",
                        "github-models",
                        "replicate",
                        "vllm",
                        "sglang",
                        "llama-cpp",
                        "lm-studio",
                        "localai",
                        "jan");
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_line_is_complete(Preset preset) {
        assertThat(preset.id()).matches("[a-z0-9][a-z0-9-]*");
        assertThat(preset.name()).isNotBlank();
        assertThat(preset.outputCap()).isIn("max_tokens", "max_completion_tokens");
        assertThat(preset.source()).startsWith("https://");
        if (preset.readOn() != null) {
            assertThat(LocalDate.parse(preset.readOn())).isAfter(LocalDate.of(2026, 1, 1));
        }
        if (preset.local()) {
            assertThat(preset.baseUrl()).hasHost("127.0.0.1").hasScheme("http");
        } else {
            assertThat(preset.keyVariable()).matches("[A-Z0-9_]+_(API_KEY|TOKEN)");
        }
        if (preset.baseUrl() != null && !preset.local()) {
            assertThat(preset.baseUrl()).hasScheme("https");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void its_dialect_lacks_what_its_line_says_and_what_no_chat_completion_holds(Preset preset) {
        Dialect dialect = Dialects.of(preset.id());

        assertThat(dialect.lacks())
                .containsAll(preset.lacks())
                .containsAll(Dialects.of("openai-compatible").lacks());
        assertThat(dialect.formats().contains(WireFormat.OPENAI_EMBEDDINGS.id()))
                .isEqualTo(!preset.lacks().contains(Construct.EMBEDDINGS));
    }

    @Test
    void what_is_not_a_preset_is_none() {
        assertThat(Presets.find("openai")).isNull();
    }
}
