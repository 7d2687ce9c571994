package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.GoogleSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleConfigTest {
    private static final String MODELS =
            "models: [{ id: m, tier: small, use-cases: [chat], replicas: [{ provider: p }] }]";

    @Test
    void vertex_has_a_project_and_runs_anywhere_unless_told() {
        GatewayConfig config = GatewayConfig.parse(
                "providers: [{ id: p, kind: vertex, google: { project: my-project, credentials: keys/sa.json } }]\n"
                        + MODELS,
                Map.of());
        assertThat(config.providers().getFirst().settings().google())
                .isEqualTo(new GoogleSettings("my-project", "global", Path.of("keys/sa.json")));
        assertThat(config.toRedactedMap().toString()).contains("my-project", "keys/sa.json");
    }

    @Test
    void gemini_needs_nothing_but_a_key() {
        GatewayConfig config =
                GatewayConfig.parse("providers: [{ id: p, kind: gemini, api-key: k }]\n" + MODELS, Map.of());
        assertThat(config.warnings()).isEmpty();
        assertThat(config.providers().getFirst().settings().google()).isNull();
        assertThat(config.toRedactedMap().toString()).doesNotContain("google");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kind: gemini                                                                | needs an api-key; add api-key: ${GEMINI_API_KEY}
        kind: gemini, api-key: k, google: { project: p }                            | means nothing for kind 'gemini'
        kind: gemini, api-key: k, probe: { path: /x }                               | means nothing for kind 'gemini'
        kind: gemini, api-key: k, reports-usage: false                              | means nothing for kind 'gemini'
        kind: vertex                                                                | kind 'vertex' needs a project
        kind: vertex, google: { location: eu }                                      | project
        kind: vertex, google: { project: "a/b" }                                    | is not a project's id
        kind: vertex, google: { project: p, location: "EU west" }                   | is not a location's id
        kind: vertex, api-key: k, google: { project: p, credentials: sa.json }      | google.credentials names another
        """)
    void what_is_wrong_is_said(String members, String problem) {
        assertThat(String.join("\n", Configs.problemsIn("providers: [{ id: p, " + members + " }]\n" + MODELS)))
                .contains(problem);
    }
}
