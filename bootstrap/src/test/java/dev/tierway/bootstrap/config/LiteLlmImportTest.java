package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.money.Price;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiteLlmImportTest {
    @TempDir
    Path folder;

    /** One model named {@code new-model} of OpenAI's, with these fields. */
    private static String model(String fields) {
        return "{\"new-model\": {\"litellm_provider\": \"openai\", \"mode\": \"chat\", " + fields + "}}";
    }

    private Path config(String list, String more) throws IOException {
        Files.writeString(folder.resolve("prices.json"), list);
        return Files.writeString(
                folder.resolve("tierway.yaml"),
                "providers: [{ id: o, kind: openai, api-key: k, models: catalogue }]\n"
                        + "catalogue: { import: prices.json" + more + " }\n");
    }

    private GatewayConfig load(String list) throws IOException {
        return GatewayConfig.load(config(list, ", tiers: { new-model: small }"), Map.of());
    }

    private List<String> problems(String list, String more) throws IOException {
        return GatewayConfig.validate(config(list, more), Map.of()).stream()
                .map(ConfigProblem::message)
                .toList();
    }

    private static Replica replica(GatewayConfig config, String id) {
        return config.catalogue().replica(new ReplicaId(id));
    }

    @Test
    void prices_per_token_become_exact_prices_per_million() throws IOException {
        GatewayConfig config = load(model("""
            "input_cost_per_token": 1.5e-07, "output_cost_per_token": 6E-7, "cache_read_input_token_cost": 0.000000075,
            "cache_creation_input_token_cost": 1.875e-07, "output_cost_per_reasoning_token": 3e-06,
            "input_cost_per_audio_token": 1e-05, "output_cost_per_audio_token": 2e-05,
            "input_cost_per_image_token": 2.5e-06, "output_cost_per_image_token": 3e-05\
            """));

        Replica replica = replica(config, "o/new-model");
        assertThat(replica.price())
                .isEqualTo(new Price(
                        150_000,
                        600_000,
                        75_000L,
                        187_500L,
                        3_000_000L,
                        10_000_000L,
                        20_000_000L,
                        2_500_000L,
                        30_000_000L,
                        null,
                        replica.priceVersion()));
        assertThat(replica.priceVersion()).matches("import:[0-9a-f]{8}");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void prices_of_long_prompts_are_a_step_that_leaves_the_rest_as_it_was() throws IOException {
        Price price = replica(load(model("""
            "input_cost_per_token": 2e-06, "output_cost_per_token": 1.2e-05, "cache_read_input_token_cost": 2e-07,
            "input_cost_per_token_above_200k_tokens": 4e-06, "output_cost_per_token_above_200k_tokens": 1.8e-05\
            """)), "o/new-model").price();

        assertThat(price.longPrompt())
                .isEqualTo(new Price.LongPrompt(200_000, new Price(4_000_000, 18_000_000, 200_000L, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "0.003", "1", "-1e-06"})
    void prices_per_thousand_or_per_million_are_refused(String price) throws IOException {
        assertThat(problems(model("\"input_cost_per_token\": " + price + ", \"output_cost_per_token\": 1e-06"), ""))
                .anyMatch(problem -> problem.startsWith("model 'new-model': input_cost_per_token is ")
                        && problem.endsWith(", which can't be dollars per token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"input_cost_per_token\": 1e-06",
                "\"input_cost_per_second\": 0.1",
                "\"input_cost_per_token\": 0.0, \"output_cost_per_token\": 0",
                "\"input_cost_per_token\": null, \"output_cost_per_token\": 1e-06",
            })
    void a_price_that_is_not_whole_or_nothing_is_unknown(String fields) throws IOException {
        assertThat(replica(load(model(fields)), "o/new-model").price()).isNull();
    }

    @Test
    void flags_and_sizes_make_a_model() throws IOException {
        LogicalModel model = load(model("""
            "max_input_tokens": 272000, "max_output_tokens": 128000, "max_tokens": 7, "supports_function_calling": true,
            "supports_response_schema": true, "supports_vision": true, "supports_reasoning": true,
            "supports_audio_output": false, "supports_native_streaming": false\
            """)).catalogue().model(new ModelId("new-model"));

        assertThat(model.tier()).isEqualTo(ModelTier.SMALL);
        assertThat(model.capabilities())
                .containsExactlyInAnyOrder(Capability.TOOLS, Capability.JSON, Capability.VISION, Capability.REASONING);
        assertThat(model.useCases()).containsExactly(UseCase.CHAT, UseCase.REASONING, UseCase.VISION);
        assertThat(model.contextWindow()).isEqualTo(400_000);
        assertThat(model.maxOutputTokens()).isEqualTo(128_000);
    }

    @Test
    void a_model_that_ships_gets_the_lists_price_and_keeps_its_tier() throws IOException {
        GatewayConfig config = load("""
            {"gpt-5.4": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06,
              "output_cost_per_token": 2e-06}}\
            """);

        Replica changed = replica(config, "o/gpt-5.4");
        assertThat(changed.price()).isEqualTo(Price.usdPerMillion("1", "2").in(changed.priceVersion()));
        assertThat(config.catalogue().model(changed.model()).tier()).isEqualTo(ModelTier.MID);
        assertThat(replica(config, "o/gpt-5.5").priceVersion()).startsWith("catalogue:");
    }

    @Test
    void other_vendors_modes_and_fine_tunes_are_passed_over() throws IOException {
        assertThat(problems("""
            {"sample_spec": {"litellm_provider": "one of them", "mode": "one of", "input_cost_per_token": 5},
             "dall-e-3": {"litellm_provider": "openai", "mode": "image_generation", "output_cost_per_image": 0.04},
             "ft:gpt-4o": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 9},
             "amazon.nova": {"litellm_provider": "bedrock", "mode": "chat", "input_cost_per_token": 9}}\
            """, "")).isEmpty();
    }

    @Test
    void a_vendors_prefix_is_no_part_of_its_name() throws IOException {
        Files.writeString(folder.resolve("prices.json"), """
            {"xai/grok-9": {"litellm_provider": "xai", "mode": "chat"}}\
            """);
        Path file = Files.writeString(folder.resolve("tierway.yaml"), """
            providers: [{ id: x, kind: openai-compatible, base-url: "https://api.x.ai/v1", models: catalogue }]
            catalogue: { import: prices.json, tiers: { "grok-*": micro, "grok-9*": frontier } }
            """);

        GatewayConfig config = GatewayConfig.load(file, Map.of());
        assertThat(replica(config, "x/grok-9").upstreamModel()).isEqualTo("grok-9");
        assertThat(config.catalogue().model(new ModelId("grok-9")).tier()).isEqualTo(ModelTier.FRONTIER);
    }

    @Test
    void a_model_without_a_tier_is_named_unless_it_may_be_left_out() throws IOException {
        String list = model("\"max_tokens\": 1");

        assertThat(problems(list, "")).containsExactly("1 imported models have no tier: new-model");
        assertThat(problems(list, ", without-tier: leave-out"))
                .containsExactly("1 imported models have no tier and are left out: new-model");
    }

    @Test
    void unknown_fields_are_counted_and_known_ones_are_not() throws IOException {
        assertThat(problems(
                        model("\"output_cost_per_token_flex\": 1, \"supports_telepathy\": true, \"cost_of_air\": 1,"
                                + " \"cost_of_water\": 1"),
                        ", tiers: { new-model: mid }"))
                .containsExactly("2 fields of the list are not read: cost_of_air, cost_of_water");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "3", "{\"a\": 1}", "{\"a\": {}} {}", "not json"})
    void a_malformed_file_is_one_clear_error(String list) throws IOException {
        assertThat(problems(list, "")).singleElement().asString().contains("file 'prices.json' is not ");
    }

    @Test
    void a_file_that_is_not_there_or_not_local_is_an_error() throws IOException {
        Path file = config("{}", "");
        Files.delete(folder.resolve("prices.json"));
        assertThat(GatewayConfig.validate(file, Map.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo("there is no file 'prices.json'"));
        Files.writeString(file, Files.readString(file).replace("prices.json", "\"https://example.com/p.json\""));
        assertThat(GatewayConfig.validate(file, Map.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("must be a local file"));
    }
}
