package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.providers.Presets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProvidersTest {
    @TempDir
    Path folder;

    @Test
    void the_table_has_a_row_for_each_kind_and_preset() {
        Terminal.Result result = new Terminal(folder).type("providers");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("groq", "GROQ_API_KEY", "https://api.groq.com/openai/v1", "ollama", "bedrock");
        assertThat(result.out().lines().count()).isGreaterThan(Presets.all().size() + 7);
    }

    @Test
    void the_document_says_what_cant_be_said_to_each() {
        JsonNode kinds = new Terminal(folder).type("providers --format json").json();

        for (JsonNode kind : kinds) {
            if (kind.path("kind").asText().equals("groq")) {
                assertThat(kind.path("preset").asBoolean()).isTrue();
                assertThat(kind.path("auth").asText()).isEqualTo("bearer");
                assertThat(kind.path("lacks").toString()).contains("logprobs", "embeddings");
                assertThat(kind.path("formats").toString()).isEqualTo("[\"openai-chat\"]");
                assertThat(kind.path("source").asText()).startsWith("https://console.groq.com");
                return;
            }
        }
        assertThat(kinds).as("a row for groq").isEmpty();
    }
}
