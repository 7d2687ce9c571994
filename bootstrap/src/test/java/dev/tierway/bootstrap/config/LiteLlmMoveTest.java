package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.ModelConfig;
import dev.tierway.ReplicaConfig;
import dev.tierway.bootstrap.config.LiteLlmMove.Moved;
import dev.tierway.bootstrap.config.LiteLlmMove.Outcome;
import dev.tierway.bootstrap.config.LiteLlmMove.Remark;
import dev.tierway.domain.catalogue.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three configurations as people have them, and what becomes of each of their lines. */
final class LiteLlmMoveTest {
    private static final Path FOLDER = Committed.path("src/test/resources/dev/tierway/litellm");

    @TempDir
    Path folder;

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    private static Moved moved(String name) {
        return LiteLlmMove.of(FOLDER.resolve(name + ".yaml"));
    }

    private Moved movedText(String text) throws IOException {
        return LiteLlmMove.of(Files.writeString(folder.resolve("litellm.yaml"), text));
    }

    private static GatewayConfig config(Moved moved) {
        Map<String, String> environment = moved.variables().keySet().stream()
                .collect(Collectors.toMap(
                        name -> name,
                        name -> name.contains("URL")
                                ? "redis://host:6379"
                                : "a-value-for-" + name.toLowerCase(Locale.ROOT).replace('_', '-')));
        return GatewayConfig.parse(moved.yaml(), environment);
    }

    private static ModelConfig model(GatewayConfig config, String id) {
        return config.models().stream()
                .filter(model -> model.model().id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> words(Moved moved, Outcome outcome) {
        return moved.remarks().stream()
                .filter(remark -> remark.outcome() == outcome)
                .map(remark -> remark.line() + " " + remark.path() + " " + remark.words())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_result_is_valid(Path file) {
        Moved moved = LiteLlmMove.of(file);

        assertThat(moved.problems())
                .filteredOn(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .isEmpty();
        assertThat(config(moved).models()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void no_secret_is_written_or_told(Path file) throws IOException {
        Moved moved = LiteLlmMove.of(file);

        assertThat(Files.readString(file)).contains(file.endsWith("azure-fleet.yaml") ? "os.environ/" : "canary");
        assertThat(moved.yaml()).doesNotContain("canary");
        assertThat(moved.remarks().toString()).doesNotContain("canary");
        assertThat(moved.problems().toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothing_is_passed_over_in_silence(Path file) {
        List<String> told =
                LiteLlmMove.of(file).remarks().stream().map(Remark::path).toList();
        Problems problems = new Problems(file.toString());
        List<Node.Scalar> values = new ArrayList<>();
        collect(DocumentReader.read(Source.of(file), null, problems), values);

        assertThat(values).hasSizeGreaterThan(20);
        assertThat(values)
                .filteredOn(value -> told.stream()
                        .noneMatch(path -> !path.isEmpty() && value.path().startsWith(path)))
                .extracting(value -> value.at().line() + " " + value.path())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void each_remark_names_the_line_its_key_is_on(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);

        assertThat(LiteLlmMove.of(file).remarks())
                .filteredOn(remark -> remark.line() > 0 && !remark.path().endsWith("]"))
                .isNotEmpty()
                .allSatisfy(remark -> assertThat(lines.get(remark.line() - 1))
                        .contains(remark.path().replaceAll(".*\\.", "").replaceAll("[\"\\[\\]]", "")));
    }

    private static void collect(Node node, List<Node.Scalar> values) {
        switch (node) {
            case Node.Scalar scalar -> values.add(scalar);
            case Node.Sequence list -> list.items().forEach(item -> collect(item, values));
            case Node.Mapping map -> map.values().values().forEach(value -> collect(value, values));
        }
    }

    @Test
    void keys_that_were_pasted_in_have_to_be_set() {
        Moved moved = moved("small-team");

        assertThat(moved.variables())
                .containsEntry("ANTHROPIC_API_KEY", true)
                .containsEntry("LITELLM_MASTER_KEY", true)
                .containsEntry("OPENAI_API_KEY", false);
        assertThat(moved.yaml()).contains("# Set these variables", "ANTHROPIC_API_KEY, LITELLM_MASTER_KEY");
    }

    @Test
    void the_master_key_goes_on_to_do_everything() {
        GatewayConfig config = config(moved("small-team"));

        assertThat(config.auth().keys())
                .singleElement()
                .satisfies(key -> assertThat(key.id()).isEqualTo("master"));
    }

    @Test
    void what_tierway_does_not_serve_is_left_out_with_a_reason() {
        assertThat(words(moved("small-team"), Outcome.LEFT))
                .anySatisfy(
                        words -> assertThat(words).contains("21 model_list[4]", "image_generation", "left out whole"))
                .anySatisfy(words -> assertThat(words).contains("39 litellm_settings.cache_params"));
    }

    @Test
    void a_pattern_becomes_a_provider_that_serves_whatever_it_has() {
        GatewayConfig config = config(moved("small-team"));

        assertThat(config.providers())
                .filteredOn(provider -> provider.passthrough())
                .singleElement()
                .satisfies(provider -> assertThat(provider.id().value()).isEqualTo("openrouter"));
    }

    @Test
    void several_deployments_of_a_name_are_one_model_with_several_replicas() {
        ModelConfig model = model(config(moved("azure-fleet")), "gpt-4o");

        assertThat(model.replicas())
                .extracting(ReplicaConfig::upstreamModel)
                .containsExactly("gpt-4o-ptu", "gpt-4o-std");
        assertThat(model.replicas()).extracting(ReplicaConfig::phase).containsExactly(Phase.ACTIVE, Phase.STANDBY);
        assertThat(model.replicas()).extracting(ReplicaConfig::weight).containsExactly(900, 300);
        assertThat(model.replicas().getFirst().id()).hasToString("ptu-europe");
        assertThat(model.model().contextWindow()).isEqualTo(128_000);
    }

    @Test
    void shares_with_decimals_become_whole_weights() {
        assertThat(model(config(moved("azure-fleet")), "claude").replicas())
                .extracting(ReplicaConfig::weight)
                .containsExactly(7, 3);
    }

    @Test
    void limits_of_a_deployment_are_a_quota_domain_of_its_own() {
        GatewayConfig config = config(moved("azure-fleet"));

        assertThat(config.quotaDomains()).hasSize(2);
        assertThat(model(config, "gpt-4o").replicas())
                .extracting(replica -> String.valueOf(replica.quotaDomain()))
                .containsExactly("gpt-4o-1", "gpt-4o-2");
    }

    @Test
    void fallbacks_stand_behind_the_models_own_name() {
        Moved moved = moved("azure-fleet");

        assertThat(moved.yaml())
                .contains("gpt-4o.with-fallbacks: { targets: [gpt-4o, claude], strategy: priority }")
                .contains("when: { model: gpt-4o }, to: gpt-4o.with-fallbacks")
                .contains("gpt-4: gpt-4o.with-fallbacks")
                .contains("claude-old: claude");
        assertThat(words(moved, Outcome.LEFT))
                .anySatisfy(words -> assertThat(words).contains("names 'gpt-3.5', which no deployment serves"));
    }

    @Test
    void openais_key_never_goes_to_somebody_elses_server() {
        Moved moved = moved("self-hosted");

        assertThat(moved.variables()).doesNotContainKey("OPENAI_API_KEY");
        assertThat(words(moved, Outcome.CHANGED))
                .anySatisfy(words -> assertThat(words).contains("LiteLLM would send OPENAI_API_KEY"));
    }

    @Test
    void two_of_a_name_at_the_same_account_have_ids_of_their_own() throws IOException {
        Moved moved = movedText("""
            model_list:
              - { model_name: m, litellm_params: { model: openai/a } }
              - { model_name: m, litellm_params: { model: openai/b } }
              - { model_name: openai/m, litellm_params: { model: openai/c } }
            """);

        assertThat(moved.problems()).isEmpty();
        assertThat(config(moved).models()).hasSize(2);
    }

    @Test
    void what_is_no_configuration_of_litellm_is_refused_with_advice() {
        assertThatThrownBy(() -> movedText("providers: []\n"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("has no model_list");
        assertThatThrownBy(() -> movedText("model_list: [\n")).isInstanceOf(InvalidConfigException.class);
        assertThatThrownBy(() -> LiteLlmMove.of(folder.resolve("none.yaml")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("no such file");
    }
}
