package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.cli.show.Documents;
import dev.tierway.bootstrap.discovery.FoundModel;
import dev.tierway.bootstrap.discovery.FoundServer;
import dev.tierway.domain.catalogue.ModelTier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init}, {@code validate} and {@code version}. */
final class ConfigFileCommandsTest {
    @TempDir
    Path folder;

    @Test
    void what_init_writes_is_valid() {
        Terminal terminal = new Terminal(folder);

        Terminal.Result written = terminal.type("init");
        Terminal.Result checked = terminal.type("validate tierway.yaml");

        assertThat(written.status()).isZero();
        assertThat(written.out()).contains("Wrote tierway.yaml", "tierway serve --config tierway.yaml");
        assertThat(checked.out()).endsWith("tierway.yaml is valid.\n");
        assertThat(checked.status()).isZero();
    }

    @Test
    void init_writes_down_what_runs_on_this_machine_for_who_wants_it() throws IOException {
        Terminal terminal = new Terminal(folder)
                .beside(new FoundServer(
                        "ollama",
                        URI.create("http://127.0.0.1:11434"),
                        List.of(
                                new FoundModel("qwen3:8b", ModelTier.SMALL, 40960, Set.of(), false),
                                new FoundModel("mystery", null, null, Set.of(), false))));

        assertThat(terminal.type("init").out()).contains("found ollama at port 11434");
        assertThat(terminal.type("validate tierway.yaml").status()).isZero();
        Path file = folder.resolve("tierway.yaml");
        String written = Files.readString(file);
        assertThat(written).contains("ollama/mystery");
        assertThat(GatewayConfig.load(file, Map.of()).providers()).hasSize(2);

        Files.writeString(file, withSuggestions(written));
        GatewayConfig used = GatewayConfig.load(file, Map.of());
        assertThat(used.providers()).extracting(one -> one.id().value()).contains("ollama");
        assertThat(used.models()).extracting(one -> one.model().id().value()).contains("qwen3:8b");
    }

    /** With the # taken away of what follows the two remarks. */
    private static String withSuggestions(String yaml) {
        StringBuilder taken = new StringBuilder();
        boolean suggested = false;
        for (String line : yaml.lines().toList()) {
            boolean begins = line.startsWith("# Found on this machine");
            suggested = begins || (suggested && line.startsWith("#"));
            taken.append(suggested && !begins ? line.substring(1) : line).append('\n');
        }
        return taken.toString();
    }

    @Test
    void init_never_overwrites() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "precious");

        Terminal.Result result = new Terminal(folder).type("init mine.yaml");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("mine.yaml is there already and stays as it is");
        assertThat(folder.resolve("mine.yaml")).hasContent("precious");
    }

    @Test
    void init_where_nothing_can_be_written_says_so() {
        Terminal.Result result = new Terminal(folder).type("init no/such/folder/tierway.yaml");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("Can't write no/such/folder/tierway.yaml");
    }

    @Test
    void init_makes_a_configuration_of_litellms_and_tells_of_every_line() throws IOException {
        Files.writeString(folder.resolve("litellm.yaml"), """
            model_list:
              - model_name: gpt-4o
                litellm_params: { model: openai/gpt-4o, api_key: sk-canary }
            litellm_settings: { success_callback: [langfuse] }
            """);
        Terminal terminal = new Terminal(folder).with("OPENAI_API_KEY", "sk-canary");

        Terminal.Result made = terminal.type("init --from litellm litellm.yaml");
        Terminal.Result checked = terminal.type("validate tierway.yaml");

        assertThat(made.status()).isZero();
        assertThat(made.out())
                .contains("litellm.yaml:2  carried  model_list[0].model_name → model gpt-4o")
                .contains("litellm.yaml:3  changed  model_list[0].litellm_params.api_key")
                .contains("litellm.yaml:4  left     litellm_settings.success_callback")
                .contains("set OPENAI_API_KEY to what is written out in litellm.yaml", "tierway validate tierway.yaml")
                .doesNotContain("canary");
        assertThat(folder.resolve("tierway.yaml")).content().doesNotContain("canary");
        assertThat(checked.out()).endsWith("tierway.yaml is valid.\n");
    }

    @Test
    void init_tells_scripts_what_it_made_of_litellms() throws IOException {
        Files.writeString(
                folder.resolve("l.yaml"),
                "model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o, api_key: sk-x } }]\n");

        JsonNode json = new Terminal(folder)
                .type("init --from litellm l.yaml --to t.yaml --format json")
                .json();

        assertThat(json.path("file").asText()).endsWith("t.yaml");
        assertThat(json.path("variables_to_set").path(0).asText()).isEqualTo("OPENAI_API_KEY");
        assertThat(json.path("remarks").path(1).path("outcome").asText()).isNotEmpty();
    }

    @Test
    void init_from_somebody_else_or_without_a_file_says_what_it_knows() throws IOException {
        Terminal terminal = new Terminal(folder);
        Files.writeString(folder.resolve("other.yaml"), "a: 1\n");

        assertThat(terminal.type("init --from nginx x.yaml").err()).contains("knows one other gateway: litellm");
        assertThat(terminal.type("init --from litellm").err()).contains("Name the FILE that LiteLLM is started with");
        assertThat(terminal.type("init --to x.yaml").err()).contains("--to goes with --from");
        assertThat(terminal.type("init --from litellm other.yaml").err()).contains("has no model_list");
    }

    @Test
    void validate_tells_all_problems_at_once_with_place_and_advice() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), """
            providers:
              - { id: a, kind: simulatd }
            modles: []
            """);

        Terminal.Result result = new Terminal(folder).type("validate bad.yaml");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("bad.yaml:2:", "simulated", "bad.yaml:3:", "models", "bad.yaml: 3 errors, 1 warning.");
    }

    @Test
    void validate_gives_problems_to_scripts_as_json() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), "providers: 7\n");

        Terminal.Result result = new Terminal(folder).type("validate --format json bad.yaml");

        assertThat(result.status()).isEqualTo(1);
        JsonNode json = result.json();
        assertThat(json.path("valid").asBoolean(true)).isFalse();
        assertThat(json.path("problems").path(0).path("severity").asText()).isEqualTo("error");
        assertThat(json.path("problems").path(0).path("line").asInt()).isEqualTo(1);
    }

    @Test
    void validate_tells_what_came_of_the_catalogue() throws IOException {
        Files.writeString(
                folder.resolve("c.yaml"),
                "providers: [{ id: fast, kind: openai-compatible, base-url: \"https://api.groq.com/openai/v1\","
                        + " models: catalogue }]\n");

        Terminal.Result words = new Terminal(folder).type("validate c.yaml");
        JsonNode json =
                new Terminal(folder).type("validate --format json c.yaml").json();

        assertThat(words.status()).isZero();
        assertThat(words.out())
                .contains("fast serves ", " models of the catalogue: gpt-oss-120b, ", "; prices: catalogue:")
                .contains("; of unknown price: gpt-oss-120b, ")
                .contains("c.yaml is valid.");
        assertThat(json.path("catalogue").path(0).path("provider").asText()).isEqualTo("fast");
        assertThat(json.path("catalogue").path(0).path("models")).isNotEmpty();
    }

    @Test
    void validate_of_a_file_that_is_not_there_fails() {
        Terminal.Result result = new Terminal(folder).type("validate none.yaml");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("none.yaml: there is no such file");
    }

    @Test
    void validate_prints_the_schema() {
        Terminal.Result result = new Terminal(folder).type("validate --schema");

        assertThat(result.status()).isZero();
        assertThat(result.json().path("properties").has("providers")).isTrue();
    }

    @Test
    void version_names_commit_build_time_and_java() {
        Terminal.Result table = new Terminal(folder).type("version");
        Terminal.Result yaml = new Terminal(folder).type("version --format yaml");

        assertThat(table.status()).isZero();
        assertThat(table.out())
                .contains("commit", "built", "java")
                .contains(Runtime.version().toString());
        assertThat(yaml.out()).contains("java: ", "commit: ", "build_time: ");
        assertThat(new Terminal(folder).type("--version").out()).matches("tierway \\S+\n");
    }

    @Test
    void json_and_yaml_say_the_same() {
        JsonNode json = Documents.parse("{\"cost_usd\":\"0.10\",\"calls\":1,\"none\":null}");

        assertThat(Documents.yaml(json)).isEqualTo("""
            cost_usd: "0.10"
            calls: 1
            none: null
            """);
    }
}
