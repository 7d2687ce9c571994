package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.money.TokenUsage;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CatalogueModelsTest {
    private static final String OPENAI =
            "providers: [{ id: openai-main, kind: openai, api-key: k, models: catalogue }]\n";
    private static final String TWO = """
        providers:
          - { id: fast, kind: openai-compatible, base-url: "https://api.groq.com/openai/v1", models: catalogue }
          - { id: faster, kind: openai-compatible, base-url: "https://api.cerebras.ai/v1", models: catalogue }
        """;

    private static Replica replica(GatewayConfig config, String id) {
        return config.catalogue().replica(new ReplicaId(id));
    }

    @Test
    void one_word_on_a_provider_configures_all_its_models() {
        GatewayConfig config = Configs.parsed(OPENAI);

        LogicalModel model = config.catalogue().model(new ModelId("gpt-5.4"));
        Replica replica = replica(config, "openai-main/gpt-5.4");
        assertThat(config.warnings()).isEmpty();
        assertThat(model.tier()).isEqualTo(ModelTier.MID);
        assertThat(model.useCases()).contains(UseCase.CHAT, UseCase.CODE);
        assertThat(model.capabilities()).contains(Capability.TOOLS, Capability.VISION, Capability.STREAMING);
        assertThat(model.contextWindow()).isEqualTo(1_050_000);
        assertThat(replica.upstreamModel()).isEqualTo("gpt-5.4");
        assertThat(replica.price().of(TokenUsage.reported(1000, 1000)).toDecimalString())
                .isEqualTo("0.0175");
        assertThat(replica.priceVersion())
                .isEqualTo("catalogue:" + ShippedCatalogue.get().asOf());
        for (ModelTier tier : ModelTier.values()) {
            assertThat(config.catalogue().replicasServing(tier, UseCase.CHAT))
                    .as(tier.id())
                    .isNotEmpty();
        }
    }

    @Test
    void a_model_of_several_providers_is_one_model_with_several_replicas() {
        GatewayConfig config = Configs.parsed(TWO);

        assertThat(replica(config, "fast/gpt-oss-120b").upstreamModel()).isEqualTo("openai/gpt-oss-120b");
        assertThat(replica(config, "faster/gpt-oss-120b").upstreamModel()).isEqualTo("gpt-oss-120b");
        assertThat(config.catalogue().replicasOf(new ModelId("gpt-oss-120b"))).hasSize(2);
        assertThat(replica(config, "fast/gpt-oss-120b").price())
                .as("sources disagree: unknown, not zero")
                .isNull();
    }

    @Test
    void what_the_file_says_of_a_model_wins_key_by_key() {
        GatewayConfig config = Configs.parsed(OPENAI + """
            models:
              - { id: gpt-5.4, tier: frontier, context-window: 100000 }
              - { id: gpt-5.5, replicas: [{ provider: openai-main, price: { input: 1, output: 2 }, weight: 7 }] }
              - { id: gpt-5.2, replicas: [{ provider: openai-main, id: mine, priority: 3 }] }
            """);

        LogicalModel changed = config.catalogue().model(new ModelId("gpt-5.4"));
        assertThat(changed.tier()).isEqualTo(ModelTier.FRONTIER);
        assertThat(changed.contextWindow()).isEqualTo(100_000);
        assertThat(changed.maxOutputTokens()).isEqualTo(128_000);
        assertThat(replica(config, "openai-main/gpt-5.4").price()).isNotNull();
        Replica priced = replica(config, "openai-main/gpt-5.5");
        assertThat(priced.price()).isEqualTo(Price.usdPerMillion("1", "2").in(priced.priceVersion()));
        assertThat(priced.priceVersion()).startsWith("config:");
        assertThat(priced.weight()).isEqualTo(7);
        assertThat(config.catalogue().replicasOf(new ModelId("gpt-5.5"))).hasSize(1);
        assertThat(replica(config, "mine").price()).isNotNull();
        assertThat(replica(config, "mine").priority()).isEqualTo(3);
    }

    @Test
    void another_providers_replicas_stay_beside_the_catalogues() {
        GatewayConfig config = Configs.parsed("""
            providers:
              - { id: fast, kind: openai-compatible, base-url: "https://api.groq.com/openai/v1", models: catalogue }
              - { id: box, kind: openai-compatible, base-url: "http://localhost:1/v1", local: true }
            models:
              - { id: gpt-oss-120b, replicas: [{ provider: box }] }
              - { id: my-llama, tier: micro, use-cases: [chat],
                  replicas: [{ provider: fast, upstream-model: llama-3.1-8b-instant }] }
            """);

        assertThat(config.catalogue().replicasOf(new ModelId("gpt-oss-120b")))
                .extracting(replica -> replica.id().value())
                .containsExactly("box/gpt-oss-120b", "fast/gpt-oss-120b");
        assertThat(replica(config, "fast/my-llama").price())
                .as("known by what the provider calls it")
                .isEqualTo(replica(config, "fast/llama-3.1-8b").price())
                .isNotNull();
    }

    @Test
    void a_provider_nobody_knows_has_no_catalogue() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: openai-compatible, base-url: "https://models.example/v1", models: catalogue }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """))
                .singleElement()
                .asString()
                .contains("providers[0].models: there is no catalogue for this provider; there is one for kind"
                        + " anthropic, gemini, openai, and providers at api.anthropic.com, ")
                .contains("list what it serves under models");
        assertThat(Configs.problemsIn("providers: [{ id: p, kind: simulated, models: catalogue }]"))
                .anyMatch(problem -> problem.contains("there is no catalogue for this provider"));
        assertThat(Configs.problemsIn("providers: [{ id: p, kind: openai, api-key: k, models: all }]"))
                .anyMatch(problem -> problem.contains("must be the word catalogue"));
    }

    @Test
    void a_model_the_catalogue_does_not_know_needs_all_its_keys() {
        assertThat(Configs.problemsIn(OPENAI + "models: [{ id: gpt-99, replicas: [{ provider: openai-main }] }]"))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("'tier' is missing"))
                .anyMatch(problem -> problem.contains("'use-cases' is missing"));
    }

    @Test
    void without_models_and_catalogue_there_is_nothing_to_ask_for() {
        assertThat(Configs.problemsIn("providers: [{ id: p, kind: simulated }]"))
                .anyMatch(problem -> problem.contains("'models' is missing"));
    }

    @Test
    void a_price_that_held_for_a_while_is_unknown_afterwards() {
        Node.Mapping root = read("""
            providers:
              - { id: g, kind: openai-compatible, base-url: "https://generativelanguage.googleapis.com/v1beta/openai",
                  models: catalogue }
            """);
        Problems before = new Problems("t");
        Problems after = new Problems("t");

        Node.Mapping then = CatalogueSources.writtenOut(root, Path.of(""), LocalDate.of(2026, 12, 31), before);
        Node.Mapping later = CatalogueSources.writtenOut(root, Path.of(""), LocalDate.of(2027, 1, 1), after);

        assertThat(before.all()).isEmpty();
        assertThat(priceOf(then)).isNotNull();
        assertThat(priceOf(later)).isNull();
        assertThat(after.hasErrors()).isFalse();
        assertThat(after.all())
                .anyMatch(problem -> problem.message()
                        .equals("the price the catalogue knows of 'gemini-3.7-flash' held until 2026-12-31: it is"
                                + " unknown now"));
    }

    private static Node.Mapping read(String yaml) {
        return (Node.Mapping)
                DocumentReader.read(Source.of(yaml), new Placeholders(Map.of(), Path.of("")), new Problems("t"));
    }

    private static Node priceOf(Node.Mapping root) {
        return root.items("models").stream()
                .filter(model -> model.text("id").text().equals("gemini-3.7-flash"))
                .map(model -> model.items("replicas").getFirst().values().get("price"))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
