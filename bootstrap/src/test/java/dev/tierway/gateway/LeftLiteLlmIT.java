package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.bootstrap.config.LiteLlmMove;
import dev.tierway.domain.catalogue.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What LiteLLM's clients ask for is answered by the configuration made of its own, with vendors that are played. */
class LeftLiteLlmIT {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "")).resolve("src/test/resources/dev/tierway/litellm");

    private static JsonNode moved(String name) throws IOException {
        return YAML.readTree(LiteLlmMove.of(FOLDER.resolve(name + ".yaml")).yaml());
    }

    /** @param failing the id of a provider that answers 500; none: empty */
    private static Tierway open(JsonNode config, String failing) throws IOException {
        for (JsonNode provider : config.path("providers")) {
            ObjectNode played = (ObjectNode) provider;
            played.retain("id", "passthrough");
            played.put("kind", "simulated");
            ObjectNode script = played.putObject("simulated").put("ttft", "1ms").put("per-token", "1ms");
            if (played.path("id").asText().equals(failing)) {
                script.putArray("faults").addObject().put("fault", "status").put("status", 500);
            }
        }
        config.path("models")
                .forEach(model -> model.path("replicas").forEach(one -> ((ObjectNode) one).remove("defaults")));
        ((ObjectNode) config).remove(List.of("storage", "auth", "server"));
        return Tierway.builder().config(YAML.writeValueAsString(config)).build();
    }

    private static List<String> names(JsonNode config) {
        List<String> names = new ArrayList<>();
        config.path("models").forEach(model -> {
            if (!model.path("use-cases").path(0).asText().equals("embed")) {
                names.add(model.path("id").asText());
            }
        });
        config.path("routes").fieldNames().forEachRemaining(names::add);
        names.remove("bge.with-fallbacks");
        return names;
    }

    @ParameterizedTest
    @CsvSource({"small-team, 4", "azure-fleet, 5", "self-hosted, 5"})
    void every_name_clients_know_is_answered(String file, int atLeast) throws IOException {
        JsonNode config = moved(file);
        List<String> names = names(config);
        assertThat(names).hasSizeGreaterThanOrEqualTo(atLeast);

        try (Tierway tierway = open(config, "")) {
            for (String name : names) {
                var routed = tierway.call(Target.parse(name), ChatRequest.of("hello"), CallOptions.NONE);
                assertThat(routed.response().text()).as(name).contains("hello");
            }
        }
    }

    @Test
    void models_that_stood_behind_a_pattern_are_answered() throws IOException {
        try (Tierway tierway = open(moved("small-team"), "")) {
            var routed = tierway.call(Target.parse("openrouter/some/model"), ChatRequest.of("hello"), CallOptions.NONE);

            assertThat(routed.response().text()).contains("openrouter");
        }
    }

    @Test
    void when_a_model_fails_its_fallback_answers() throws IOException {
        try (Tierway tierway = open(moved("small-team"), "openai")) {
            var routed = tierway.call(Target.parse("gpt-4o"), ChatRequest.of("hello"), CallOptions.NONE);

            assertThat(routed.response().text()).contains("anthropic");
            assertThat(routed.selection().attempts()).isEqualTo(2);
        }
    }

    @Test
    void when_the_first_order_fails_the_second_answers() throws IOException {
        try (Tierway tierway = open(moved("azure-fleet"), "azure-ptu")) {
            var routed = tierway.call(Target.parse("gpt-4"), ChatRequest.of("hello"), CallOptions.NONE);

            assertThat(routed.response().text()).contains("azure-paygo");
        }
    }
}
